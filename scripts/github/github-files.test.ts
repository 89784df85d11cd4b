import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { RUNTIMES } from '../runtimes/runtimes.ts';
import { formProblems, workflowProblems } from './github-rules.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const filesIn = (folder: string): readonly string[] =>
  readdirSync(fileURLToPath(new URL(folder, root))).map((name) => `${folder}/${name}`);

const WORKFLOWS = filesIn('.github/workflows');
const FORMS = filesIn('.github/ISSUE_TEMPLATE').filter((file) => !file.endsWith('config.yml'));

test.each(WORKFLOWS)(
  '%s pins its actions, has the least permissions, and no input in its scripts',
  (file) => {
    expect(workflowProblems(parse(read(file)))).toEqual([]);
  },
);

test.each(FORMS)('%s is a form that GitHub accepts', (file) => {
  expect(formProblems(parse(read(file)))).toEqual([]);
});

test('vulnerabilities are reported privately, and no issue is blank', () => {
  const config = parse(read('.github/ISSUE_TEMPLATE/config.yml'));
  expect(config.blank_issues_enabled).toBe(false);
  expect(config.contact_links.map(({ url }: { url: string }) => url)).toContain(
    'https://github.com/vestibule-auth/vestibule/security/advisories/new',
  );
});

test('CI runs every check, and the packages on every runtime', () => {
  const { jobs } = parse(read('.github/workflows/ci.yml'));
  expect(jobs.check.steps.map(({ run }: { run?: string }) => run)).toContain('.ci/run');
  expect(jobs.runtimes.strategy.matrix.runtime).toEqual(Object.keys(RUNTIMES));
});

test('a release needs no stored token and has provenance', () => {
  const text = read('.github/workflows/release.yml');
  expect(text).not.toMatch(/secrets\./);
  const { permissions } = parse(text).jobs.packages;
  expect(permissions).toEqual({ contents: 'write', 'pull-requests': 'write', 'id-token': 'write' });
});

test('every folder that dependabot updates has what it updates', () => {
  const manifests: Readonly<Record<string, string>> = {
    npm: 'package.json',
    'github-actions': '.github/workflows/ci.yml',
    docker: 'Dockerfile',
    'docker-compose': 'compose.yaml',
  };
  const { version, updates } = parse(read('.github/dependabot.yml'));
  expect(version).toBe(2);
  for (const { 'package-ecosystem': ecosystem, directory, schedule } of updates) {
    expect([ecosystem, existsSync(new URL(`.${directory}/${manifests[ecosystem]}`, root))]).toEqual([
      ecosystem,
      true,
    ]);
    expect(schedule.interval).toBe('weekly');
  }
});

describe('the rules find', () => {
  const job = { 'runs-on': 'ubuntu-24.04', 'timeout-minutes': 5 };
  const workflow = (more: object, steps: readonly object[]) => ({
    on: { push: {} },
    permissions: { contents: 'read' },
    ...more,
    jobs: { a: { ...job, steps } },
  });
  test.each<[string, object, RegExp]>([
    ['an action without a version', workflow({}, [{ uses: 'actions/checkout@main' }]), /not pinned/],
    ['all permissions', workflow({ permissions: 'write-all' }, []), /permissions/],
    ['a trigger with secrets', workflow({ on: { pull_request_target: {} } }, []), /pull_request_target/],
    ['an input in a script', workflow({}, [{ run: 'echo ${{ github.head_ref }}' }]), /env/],
    ['a job without an end', { ...workflow({}, []), jobs: { a: { 'runs-on': 'x', steps: [] } } }, /timeout/],
  ])('%s', (_, given, problem) => {
    expect(workflowProblems(given).join('\n')).toMatch(problem);
  });

  test.each<[string, object, RegExp]>([
    ['no description', { name: 'a', body: [] }, /description/],
    ['a form without a field', { name: 'a', description: 'b', body: [] }, /no field/],
    ['an unknown field', { name: 'a', description: 'b', body: [{ type: 'file' }] }, /unknown type/],
    [
      'two fields with one id',
      {
        name: 'a',
        description: 'b',
        body: [1, 2].map(() => ({ type: 'input', id: 'x', attributes: { label: 'X' } })),
      },
      /twice/,
    ],
  ])('%s', (_, given, problem) => {
    expect(formProblems(given).join('\n')).toMatch(problem);
  });
});
