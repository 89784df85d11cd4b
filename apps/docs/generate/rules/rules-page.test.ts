import { RULES } from '@vestibule/core/policy';
import { expect, test } from 'vitest';
import { eventGroups } from '../events/event-types.ts';
import { idsInCode } from './ids-in-code.ts';
import { personRules, rulesPage } from './rules-page.ts';

const ids = RULES.map(({ id }) => id);
const { certain, possible } = idsInCode();

test('every rule that the code refuses by is in the catalogue, or about a person', () => {
  const others = personRules().map(({ id }) => id);
  expect(others).not.toEqual([]);
  expect(certain.size).toBeGreaterThan(20);
  expect([...certain].filter((id) => !ids.includes(id) && !others.includes(id))).toEqual([]);
});

test('every text in the code that looks like the id of a rule is in the catalogue', () => {
  const families = new Set(ids.map(familyOf));
  const events = new Set(eventGroups().flatMap(({ events: some }) => some.map(({ type }) => type)));
  const isLike = (text: string): boolean =>
    /^[a-z-]+\.[a-z-]+$/.test(text) && families.has(familyOf(text)) && !events.has(text);
  expect([...possible].filter((text) => isLike(text) && !ids.includes(text))).toEqual([]);
});

test('every rule of the catalogue is in the code', () => {
  expect(ids.filter((id) => !certain.has(id) && !possible.has(id))).toEqual([]);
});

test('the page has every rule once, with what to do and why', () => {
  const { text } = rulesPage();
  for (const { id, title, fix, why } of RULES) {
    const sections = text.split(`<a id="${id}"></a>\n\n### \`${id}\`\n`);
    expect([id, sections.length]).toEqual([id, 2]);
    const section = sections[1]?.split('<a id=')[0];
    expect(section).toContain(title);
    expect(section).toContain(fix);
    expect(section).toContain(why);
  }
});

function familyOf(id: string): string {
  return id.slice(0, id.indexOf('.'));
}
