import { expect, test } from 'vitest';
import { navigationOf } from './navigation.ts';

const pages = (...paths: string[]): { path: string; title: string }[] =>
  paths.map((path) => ({ path, title: path.toUpperCase() }));
const groupsOf = (...paths: string[]): Record<string, string[]> =>
  Object.fromEntries(
    navigationOf(pages(...paths)).map((group) => [group.label, group.pages.map(({ path }) => path)]),
  );

test('lists pages in the order of a newcomer, and those of a folder by title', () => {
  expect(groupsOf('start', 'index', 'upstream/okta', 'upstream/auth0', 'upstream')).toEqual({
    Begin: ['index', 'start'],
    'Sign-in at your provider': ['upstream', 'upstream/auth0', 'upstream/okta'],
  });
});

test('puts a page into the group of its deepest folder', () => {
  expect(
    groupsOf('reference/settings', 'reference/other', 'reference/api/core', 'reference/agents/codex'),
  ).toEqual({
    'Agents one by one': ['reference/agents/codex'],
    'Look up': ['reference/settings', 'reference/other'],
    API: ['reference/api/core'],
  });
});

test('puts a page that no group names last, and leaves decision records to their own page', () => {
  expect(groupsOf('new', 'decisions', 'decisions/2026-11-23-a')).toEqual({
    'The project': ['decisions'],
    More: ['new'],
  });
});
