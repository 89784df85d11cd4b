import { readAttacks } from '@vestibule/conformance/attacks';
import { expect, test } from 'vitest';
import { inRepository } from '../source/paths.ts';
import { attacksPage } from './attacks-page.ts';
import { testTitles } from './test-titles.ts';
import { TOPICS } from './topics.ts';

const { text } = await attacksPage();
const attacks = (await readAttacks()).filter(({ name }) => name !== 'every-attack.test.ts');

test('every attack has one section, with its description, defenses and tests', () => {
  expect(attacks.length).toBeGreaterThan(80);
  for (const { name, folder, description, defences } of attacks) {
    const id = name.replace('.test.ts', '');
    const [, section, ...more] = text.split(`<a id="${id}"></a>\n`);
    expect([id, more]).toEqual([id, []]);
    const own = section?.split('<a id=')[0] ?? '';
    expect(own).toContain(`${folder}/${name}`);
    expect([id, description]).not.toEqual([id, '']);
    for (const { fails } of defences) expect(own).toContain(`Without it fails: ${fails.slice(0, 20)}`);
  }
});

test('a topic lists only attacks that exist, each once', () => {
  const names = new Set(attacks.map(({ name }) => name.replace('.test.ts', '')));
  const listed = Object.values(TOPICS).flat();
  expect(listed.filter((name) => !names.has(name))).toEqual([]);
  expect(new Set(listed).size).toBe(listed.length);
});

test('titles of tests are read from tables, groups and citations', () => {
  const titles = testTitles(inRepository('conformance/attacks/mix-up.test.ts'));
  expect(titles[0]?.title).toBe('names the issuer in every response');
  const inside = titles[0]?.inside.map(({ title }) => title);
  expect(inside).toEqual(expect.arrayContaining(['an approval', 'a denial', 'an error %s']));
});
