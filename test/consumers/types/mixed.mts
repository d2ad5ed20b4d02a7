// One program of both module formats: whatever comes from the one may go where the other's is asked for.

import type { AppToken, ManagementToken } from '100ms-tokens';

import type * as cjs from './built/program.cjs';
import type * as esm from './built/program.mjs';

declare let ofCommonJs: cjs.Everything;
declare let ofEsModules: esm.Everything;
ofCommonJs = ofEsModules;
ofEsModules = ofCommonJs;

// As its declarations have it, which the compiler wrote: and no further, not one token for the other.
declare const made: typeof cjs;
export const appToken: AppToken = made.appToken;
export const managementToken: ManagementToken = made.managementToken;
export const wrong: AppToken = made.managementToken; // TS2322
