/** README.md says what is so: its links lead somewhere, its tables leave nothing out, its blocks are the files they show. */

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

import { afterEach, describe, expect, it, vi } from 'vitest';

import { run } from '../src/cli/commands.js';
import type { AppTokenParams, TokenBuilderConfig, TokenErrorCode, VerifyOptions } from '../src/index.js';
import type { TokenFixtures } from '../src/testing.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(path.join(root, 'README.md'), 'utf8');

/** A section's text, by its title. */
function section(title: string): string {
  const [, text] = new RegExp(`^## ${title}\n(.*?)(?=^## |$(?!\n))`, 'ms').exec(readme) ?? [];
  if (text === undefined) throw new Error(`README.md has no section "${title}"`);
  return text;
}

/** What the first cells of a section's table name in backticks. */
function namedIn(title: string): string[] {
  const cells = [...section(title).matchAll(/^\| (`.*?) \|/gm)].map(([, cell = '']) => cell);
  return cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name));
}

/** The anchors of the headings, as GitHub makes them. */
function anchors(): string[] {
  const prose = readme.replace(/^```.*?^```$/gms, '');
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

it('is short', () => {
  expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(320);
});

describe('links', () => {
  const targets = [...readme.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  const local = targets.filter((target) => !target.startsWith('https://'));

  it.each([...new Set(local)])('%s leads somewhere', (target) => {
    if (target.startsWith('#')) expect(anchors()).toContain(target.slice(1));
    else expect(existsSync(path.join(root, target))).toBe(true);
  });

  it('are found', () => {
    expect(local.length).toBeGreaterThan(20);
  });
});

describe('recipes', () => {
  const blocks = [...readme.matchAll(/^```ts recipe=(\S+)\n(.*?)^```$/gms)];

  it('are the decision, the adapter for Request and Response, and Express', () => {
    expect(blocks.map(([, file]) => file)).toEqual([
      'shared/join-room.ts',
      'shared/token-endpoint.ts',
      'express/server.ts',
    ]);
  });

  it.each(blocks.map(([, file = '', code = '']) => ({ file, code })))(
    '$file is what the tests start',
    ({ file, code }) => {
      expect(code).toBe(readFileSync(path.join(root, 'test/consumers/apps', file), 'utf8'));
    },
  );
});

describe('tables', () => {
  // A name that a type has and such an object has not does not compile.
  it('name every option, and no other', () => {
    const options: Record<keyof (TokenBuilderConfig & AppTokenParams & VerifyOptions), true> = {
      accessKey: true,
      secret: true,
      expiresIn: true,
      clockSkew: true,
      refreshBefore: true,
      roomId: true,
      userId: true,
      role: true,
      issuedAt: true,
      notBefore: true,
      jti: true,
      currentDate: true,
      clockTolerance: true,
    };
    expect(namedIn('Options').sort()).toEqual(Object.keys(options).sort());
  });

  it('name every error code, and no other', () => {
    const codes: Record<TokenErrorCode, true> = {
      ERR_INVALID_CONFIG: true,
      ERR_INVALID_ARGUMENT: true,
      ERR_TOKEN_MALFORMED: true,
      ERR_TOKEN_ALGORITHM: true,
      ERR_TOKEN_SIGNATURE: true,
      ERR_TOKEN_CLAIMS: true,
      ERR_TOKEN_NOT_ACTIVE: true,
      ERR_TOKEN_EXPIRED: true,
    };
    expect(namedIn('Errors').sort()).toEqual(Object.keys(codes).sort());
  });

  it('have the numbers of packages that the first screen tells', () => {
    const [header = [], ...rows] = [...section('Performance').matchAll(/^\|(.*)\|$/gm)].map(([, row = '']) =>
      row.split('|').map((cell) => cell.trim()),
    );
    const packages = (name: string) => rows.find(([first]) => first === name)?.[header.indexOf('packages')];
    const told = /The sample installs (\d+) packages, the SDK (\d+)/.exec(readme)?.slice(1);
    expect(told).toEqual([packages('100ms sample'), packages('100ms server-sdk')]);
    expect(packages('1.00 is')).toBe('1');
  });
});

it('names every fixture', () => {
  const fixtures: Record<keyof TokenFixtures, true> = {
    appToken: true,
    managementToken: true,
    expiredAppToken: true,
    expiredManagementToken: true,
    notYetActiveAppToken: true,
    notYetActiveManagementToken: true,
    wrongSecretAppToken: true,
    tamperedAppToken: true,
    unsignedAppToken: true,
  };
  const text = section('Test fixtures');
  expect(Object.keys(fixtures).filter((name) => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([]);
});

it('shows what the command line prints', async () => {
  const [, typed = '', shown = ''] = /^```console\n\$ (.*?) \|\n {2}.*?\n(.*?)^```$/ms.exec(readme) ?? [];
  const [, ...args] = typed.replace(/^npx /, '').split(' ');
  vi.useFakeTimers({ now: new Date('2026-11-24T12:00:00Z'), toFake: ['Date'] });

  const token = await printed(args);
  const lines = (await printed(['inspect', '--demo', token])).split('\n');
  expect(
    shown
      .trimEnd()
      .split('\n')
      .filter((line) => !lines.includes(line)),
  ).toEqual([]);
});

/** What a command writes to standard output. */
async function printed(args: readonly string[]): Promise<string> {
  let output = '';
  const io = {
    env: {},
    stdin: Readable.from([]),
    stdout: { write: (text: string) => (output += text) },
    stderr: { write: () => true },
  };
  expect(await run(args, io, '')).toBe(0);
  return output.trimEnd();
}

it('has the two commands for a clone, to the letter', () => {
  expect(section('Contributing')).toContain('`npm ci && npm run demo`');
  expect(section('Contributing')).toContain('`npm ci && npm test`');
});
