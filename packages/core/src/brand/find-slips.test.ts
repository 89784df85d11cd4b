import fc from 'fast-check';
import { expect, test } from 'vitest';
import { directoryOfOne } from './directory.ts';
import { editDistance } from './edit-distance.ts';
import { findSlips } from './find-slips.ts';
import type { Match } from './name-match.ts';
import { readingsOf } from './reading.ts';

/** Few letters, so that words are often near each other. Two of them are read alike at the beginning of a word. */
const letters = fc.constantFrom('c', 'k', 'e', 'o', 'x');
const wordFrom = (minLength: number) => fc.string({ unit: letters, minLength, maxLength: 8 });

/** A slip at a place of a word, or none. */
const slip = fc.record({
  kind: fc.constantFrom('insert', 'remove', 'replace', 'swap', 'none'),
  at: fc.nat(8),
  letter: letters,
});
type Slip = typeof slip extends fc.Arbitrary<infer Made> ? Made : never;

function withSlip(word: string, { kind, at, letter }: Slip): string {
  const [head, tail] = [word.slice(0, at), word.slice(at)];
  switch (kind) {
    case 'insert':
      return head + letter + tail;
    case 'remove':
      return head + tail.slice(1);
    case 'replace':
      return head + letter + tail.slice(1);
    case 'swap':
      return head + tail.charAt(1) + tail.charAt(0) + tail.slice(2);
    case 'none':
      return word;
  }
}

const slipsOf = (name: string, vendor: string): readonly Match[] => {
  const matches: Match[] = [];
  const directory = directoryOfOne({ name: vendor, hosts: [] });
  for (const reading of readingsOf(name)) findSlips(matches, reading, directory);
  return matches;
};

const readAlike = (letter = ''): string => letter.replace('k', 'c');

/** Whether a word begins as a name does, or with its first two letters swapped. */
function beginsAlike(name: string, vendor: string): boolean {
  const first = readAlike(vendor[0]);
  return readAlike(name[0]) === first || (name.length === vendor.length && readAlike(name[1]) === first);
}

test('finds every word that is one slip from a name and begins alike, and no other', () => {
  const found = new Set<number>();
  fc.assert(
    fc.property(wordFrom(6), slip, slip, (vendor, one, other) => {
      const name = withSlip(withSlip(vendor, one), other);
      const isNear = editDistance(name, vendor, 1) === 1 && beginsAlike(name, vendor);
      found.add(slipsOf(name, vendor).length);
      expect(slipsOf(name, vendor)).toHaveLength(isNear ? 1 : 0);
    }),
    { numRuns: 5_000 },
  );
  expect(found).toEqual(new Set([0, 1]));
});

test('finds two words of which one is one slip from a part of a name', () => {
  const found = new Set<number>();
  fc.assert(
    fc.property(wordFrom(4), wordFrom(4), slip, fc.boolean(), (one, two, made, isFirst) => {
      const [right, wrong] = [isFirst ? one : two, withSlip(isFirst ? one : two, made)];
      const name = isFirst ? `${wrong} ${two}` : `${one} ${wrong}`;
      const isNear = editDistance(wrong, right, 1) === 1 && beginsAlike(name, `${one} ${two}`);
      found.add(slipsOf(name, `${one} ${two}`).length);
      expect(slipsOf(name, `${one} ${two}`)).toHaveLength(isNear ? 1 : 0);
    }),
    { numRuns: 5_000 },
  );
  expect(found).toEqual(new Set([0, 1]));
});
