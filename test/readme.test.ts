/** README.md is true: its links lead somewhere, its tables are complete, and it shows what the command line prints. */

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

import { afterEach, describe, expect, it, vi } from 'vitest';

import { run } from '../src/cli/commands.js';
import type { AppTokenParams, TokenBuilderConfig, TokenErrorCode, VerifyOptions } from '../src/index.js';
import { createTokenFixtures } from '../src/testing.js';

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
  const rows = read('test/bench/README.md')
    .match(/^\|.*\|$/gm)
    ?.map((row) => row.split('|').map((cell) => cell.trim()));
  const column = rows?.[0]?.indexOf('packages') ?? -1;
  const packages = (name: string) => rows?.find((row) => row[1] === name)?.[column];
  const claimed = /the (\d+) packages of the 100ms sample code, or the (\d+)/.exec(readme)?.slice(1);
  expect(claimed).toEqual([packages('100ms sample'), packages('100ms server-sdk')]);
});

it('shows what inspect prints', async () => {
  const [, args = '', shown = ''] = /^```console\n\$ npx 100ms-tokens (inspect .*?)\n(.*?)^```$/ms.exec(readme) ?? [];
  vi.useFakeTimers({ now: new Date('2026-11-26T12:00:00Z'), toFake: ['Date'] });
  let output = '';
  const io = {
    env: { HMS_ACCESS_KEY: '64f0c1a2b3d4e5f6fa4e0000', HMS_SECRET: 'fake-app-secret' },
    stdin: Readable.from([]),
    stdout: { write: (text: string) => (output += text) },
    stderr: { write: () => true },
  };
  await run(args.split(' '), io, '');
  expect(output.split('\n')).toEqual(expect.arrayContaining(shown.trimEnd().split('\n')));
});

it('contains the two commands for a clone', () => {
  for (const command of ['`npm ci && npm run demo`', '`npm ci && npm test`']) expect(readme).toContain(command);
});
