import { globSync, readFileSync } from 'node:fs';
import { type TSType, parseSync, Visitor } from 'oxc-parser';
import { expect, test } from 'vitest';
import { literalNotes } from '../source/members-table.ts';
import { literalsOf } from '../source/members.ts';
import { inRepository } from '../source/paths.ts';
import { eventGroups } from './event-types.ts';
import { eventsPage } from './events-page.ts';

const events = eventGroups().flatMap((group) => group.events);
const { text } = eventsPage();

/** The texts of a literal type, or of a union of literal types. */
const textsOf = (type: TSType): readonly string[] => {
  if (type.type === 'TSUnionType') return type.types.flatMap(textsOf);
  const literal = type.type === 'TSLiteralType' ? type.literal : undefined;
  return literal?.type === 'Literal' && typeof literal.value === 'string' ? [literal.value] : [];
};

/** Every text of a member `type` in the files about events, whatever it is a part of. */
const declared = globSync(inRepository('packages/core/src/audit/*event.ts')).flatMap((path) => {
  const types: string[] = [];
  new Visitor({
    TSPropertySignature: ({ key, typeAnnotation }) => {
      if (key.type !== 'Identifier' || key.name !== 'type') return;
      if (typeAnnotation) types.push(...textsOf(typeAnnotation.typeAnnotation));
    },
  }).visit(parseSync(path, readFileSync(path, 'utf8')).program);
  return types;
});

test('every event has one section', () => {
  expect(declared.length).toBeGreaterThan(60);
  expect(events.map(({ type }) => type).toSorted()).toEqual(declared.toSorted());
  for (const { type } of events) expect([type, text.split(`### \`${type}\`\n`).length]).toEqual([type, 2]);
});

test.each(events)('$type says when it is recorded', ({ description }) => {
  expect(description).toMatch(/^[A-Z][^]*\.$/);
});

test.each(events)('$type describes its members', ({ members }) => {
  const others = members.filter(({ name }) => name !== 'type');
  expect(others.filter(({ doc }) => !/^\S[^]*[.…]$/.test(doc?.text ?? '')).map(({ name }) => name)).toEqual(
    [],
  );
});

test.each(events)('$type describes all values of a member or none', ({ members }) => {
  for (const member of members.filter(({ name }) => name !== 'type')) {
    const described = literalNotes(member).length;
    expect([member.name, described === 0 || described === literalsOf(member).length]).toEqual([
      member.name,
      true,
    ]);
  }
});
