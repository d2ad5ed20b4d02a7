/** Tokens created by other JWT libraries; `test/vectors/samples.json` describes how. */

import { readFileSync } from 'node:fs';

import type { AppClaims, ManagementClaims } from '../../src/index.js';

export interface Sample {
  library: string;
  language: string;
  kind: 'management' | 'app';
  accessKey: string;
  secret: string;
  claims: ManagementClaims | AppClaims;
  token: string;
}

const file = readFileSync(new URL('../vectors/samples.json', import.meta.url), 'utf8');

export const { samples } = JSON.parse(file) as { samples: readonly Sample[] };
