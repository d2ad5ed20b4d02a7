/** README.md is true: its links lead somewhere, its tables are complete, and it shows what the command line prints. */

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

import { afterEach, describe, expect, it, vi } from 'vitest';

import { run } from '../src/cli/commands.js';
import type { AppTokenParams, TokenBuilderConfig, TokenErrorCode, VerifyOptions } from '../src/index.js';
import { createTokenFixtures } from '../src/testing.js';
import { ACCESS_KEY, APP, forge, HEADER, NOW } from './support/forge.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const readme = read('README.md');

/** Returns the text of a section of README.md. */
function section(title: string): string {
  const [, text] = new RegExp(`^## ${title}\n(.*?)(?=^## |$(?!\n))`, 'ms').exec(readme) ?? [];
  if (text === undefined) throw new Error(`README.md has no section "${title}"`);
  return text;
}

/** Returns the names in backticks in the first column of a section's table. */
function namedIn(title: string): string[] {
  const cells = [...section(title).matchAll(/^\| (`.*?) \|/gm)].map(([, cell = '']) => cell);
  return cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name)).sort();
}

/** Returns the anchors that GitHub creates for the headings of a document. */
function anchorsOf(text: string): string[] {
  const prose = text.replace(/^```.*?^```$/gms, '');
  return [...prose.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

afterEach(() => {
  vi.useRealTimers();
});

it('has at most 260 lines', () => {
  expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(260);
});

describe.each([
  'README.md',
  ...['CONTRIBUTING', 'SECURITY', 'CHANGELOG', 'MIGRATING'].map((name) => `.github/${name}.md`),
  ...['', '/bench', '/consumers', '/consumers/apps', '/consumers/client'].map((name) => `test${name}/README.md`),
])('the links of %s', (file) => {
  const text = read(file);
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);

  it.each([...new Set(targets)].filter((target) => !target.startsWith('https://')))('%s leads somewhere', (target) => {
    const [name = '', anchor] = target.split('#');
    const document = path.join(path.dirname(file), name);
    if (name !== '') expect(existsSync(path.join(root, document))).toBe(true);
    if (anchor !== undefined) expect(anchorsOf(name === '' ? text : read(document))).toContain(anchor);
  });

  it('avoid pages that are gone', () => {
    expect(text).not.toMatch(/javascript\/v2\/(features\/error-handling|get-started\/token-endpoint)/);
  });
});

describe('its tables', () => {
  it('name every option', () => {
    // A missing or misspelled name is a type error here.
    const options: Record<keyof (TokenBuilderConfig & AppTokenParams & VerifyOptions), true> = {
      ...{ accessKey: true, secret: true, expiresIn: true, clockSkew: true, roomId: true, userId: true, role: true },
      ...{ issuedAt: true, notBefore: true, jti: true, currentDate: true, clockTolerance: true },
    };
    expect(namedIn('API')).toEqual(Object.keys(options).sort());
  });

  it('name every error code', () => {
    const codes: Record<TokenErrorCode, true> = {
      ...{ ERR_INVALID_CONFIG: true, ERR_INVALID_ARGUMENT: true, ERR_TOKEN_MALFORMED: true, ERR_TOKEN_ALGORITHM: true },
      ...{ ERR_TOKEN_SIGNATURE: true, ERR_TOKEN_CLAIMS: true, ERR_TOKEN_NOT_ACTIVE: true, ERR_TOKEN_EXPIRED: true },
    };
    expect(namedIn('Errors')).toEqual(Object.keys(codes).sort());
  });

  it('name every fixture', () => {
    expect(namedIn('Testing')).toEqual(Object.keys(createTokenFixtures()).sort());
  });
});

it('has the numbers of packages that the benchmark counted', () => {
  const claimed = /sample code installs (\d+) packages; the SDK, .* (\d+)\./.exec(readme)?.slice(1);
  const rows = ['100ms sample code', '100ms server SDK'].map((name) => RegExp(`^\\| ${name} .* (\\d+)× \\|$`, 'm'));
  expect(rows.map((row) => row.exec(read('test/bench/README.md'))?.[1])).toEqual(claimed);
});

it('shows what inspect prints', async () => {
  const [, shown = ''] = /^```console\n\$ npx 100ms-tokens inspect "\$TOKEN"\n(.*?)^```$/ms.exec(readme) ?? [];
  vi.useFakeTimers({ now: (NOW + 60) * 1000, toFake: ['Date'] });
  const secret = Buffer.alloc(30, 'fake-\xff', 'latin1').toString('base64');
  const token = forge(HEADER, { ...APP, room_id: 'abc-defg-hij', exp: NOW + 86_400 }, Buffer.from(secret, 'base64'));
  let output = '';
  const stdout = { write: (text: string) => (output += text) };
  const env = { HMS_ACCESS_KEY: ACCESS_KEY, HMS_SECRET: secret };
  await run(['inspect', token], { env, stdin: Readable.from([]), stdout, stderr: { write: () => true } }, '');
  expect(output.slice(output.indexOf('Verdict'))).toBe(shown);
});

it('contains the two commands for a clone', () => {
  for (const command of ['`npm ci && npm run demo`', '`npm ci && npm test`']) expect(readme).toContain(command);
});
