import { choosablePaths, DEFAULT_REALM_SETTINGS, leavesOf } from '@vestibule/core/realm';
import { expect, test } from 'vitest';
import { settingsPage } from './settings-page.ts';
import { settingGroups } from './settings-tree.ts';

const { text } = settingsPage();
const paths = settingGroups().flatMap(({ settings }) => settings.map(({ path }) => path));
const sectionOf = (path: string): string =>
  text.split(`<a id="${path}"></a>\n\n### \`${path}\`\n`)[1]?.split('\n#')[0] ?? '';

test('every setting that can be chosen has one section', () => {
  const inCandidate = choosablePaths().filter((path) => path.startsWith('registration.candidate.'));
  const own = choosablePaths().filter((path) => !inCandidate.includes(path));
  expect(own.length).toBeGreaterThan(50);
  for (const path of own) expect([path, text.split(`### \`${path}\`\n`).length]).toEqual([path, 2]);
  for (const path of inCandidate) expect(sectionOf('registration.candidate')).toContain(`\`${path}\``);
});

test('every setting with a section exists', () => {
  const others = ['registration.candidate', 'keys.replaceMadeBefore', 'keys.compromised'];
  const known = new Set([...choosablePaths(), ...others]);
  expect(paths.filter((path) => !known.has(path))).toEqual([]);
});

test.each(leavesOf(DEFAULT_REALM_SETTINGS))('the section of $path has its default', ({ path, value }) => {
  expect(sectionOf(path)).toContain(`- **Default:** \`${JSON.stringify(value)}\``);
});

test.each(settingGroups().flatMap(({ settings }) => settings))('$path says what it does', ({ member }) => {
  expect(member.doc?.text).toMatch(/^\S[^]*\.$/);
});

test.each(settingGroups())('the group $path says what it is for', ({ description }) => {
  expect(description).toMatch(/^\S[^]*\.$/);
});

test('a number says its bounds', () => {
  expect(sectionOf('registration.limits.organizationPercentOfDay')).toContain('at least 1, at most 100');
  expect(sectionOf('lifetimes.accessToken')).toContain('at most 30d');
  expect(sectionOf('registration.mode')).toContain('`"anonymous"` or `"initial-access-token"` or `"both"`');
});
