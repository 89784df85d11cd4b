import fc from 'fast-check';
import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { cleanName, MAX_NAME_LENGTH } from './clean-name.ts';

test.each([
  ['Claude Code (notes)', 'Claude Code (notes)'],
  ['  Cursor \n', 'Cursor'],
  ['Acme\r\nMail', 'Acme Mail'],
  ['Acme \t  Mail', 'Acme Mail'],
  ['Ａｃｍｅ', 'Acme'],
  ['ﬁle', 'file'],
  ['Acme\u202EliaM', 'AcmeliaM'],
  ['\u2066Acme\u2069', 'Acme'],
  ['Ac\u200Bme', 'Acme'],
  ['Ac\u200Dme', 'Acme'],
  ['Ac\u00ADme', 'Acme'],
  ['Acme\u{E0041}', 'Acme'],
  ['Acme\uFE0F', 'Acme'],
  ['Acme\u0000\u0007\u007F\u009F', 'Acme'],
  ['Acme\uE000', 'Acme'],
  ['Acme\uD800', 'Acme'],
  ['Acme\u3164Mail', 'AcmeMail'],
  ['Acme\u2028Mail', 'Acme Mail'],
  ['e\u200D\u0301', 'é'],
  ['Z\u0334\u0335\u0336\u0337\u0338\u0321algo', 'Z\u0334\u0335\u0336\u0337algo'],
  ['メモ帳', 'メモ帳'],
  ['مفكرة', 'مفكرة'],
  ['Заметки', 'Заметки'],
  ['הערות', 'הערות'],
  ['नोट्स', 'नोट्स'],
  ['😀', '😀'],
  ['Notes [verified] ✅ Checked', 'Notes verified Checked'],
  ['【verified】 ［x］', 'verified x'],
  ['Agent ⌈verified⌉', 'Agent verified'],
  ['Agent ⧼verified⧽ │verified│ ❙x❙ ┃y┃', 'Agent verified verified x y'],
  ['Agent ⌜verified⌟ ⦃x⦄ ﴾y﴿ ⟪z⟫ ༼a༽', 'Agent verified x y z a'],
  ['Notes (beta) {x} „y“ «z» 「メモ」 《記事》 A | B', 'Notes (beta) {x} „y“ «z» 「メモ」 《記事》 A | B'],
  ['A\u2800B', 'A B'],
  ['A\uFFFCB', 'AB'],
])(
  cite('makes %j into %j', 'vestibule:metadata:clean-names', 'vestibule:rules:unverified'),
  (name, expected) => {
    expect(cleanName(name)).toBe(expected);
  },
);

test.each(['', '   ', '\u200B', '\u202E\u2066', '...', '-', '\u0301', '\u0000'])(
  'finds no name in %j',
  (name) => {
    expect(cleanName(name)).toBeUndefined();
  },
);

test('looks at a very long name only so far, so that marks without end cost nothing', () => {
  const long = 'A'.repeat(1_024) + '\u0345'.repeat(15_000) + '\u0334'.repeat(15_000);
  expect(cleanName(long)).toBe(`${'A'.repeat(MAX_NAME_LENGTH - 1)}…`);
});

test('cuts by code points, not in the middle of one', () => {
  expect(cleanName('😀'.repeat(200))).toBe(`${'😀'.repeat(MAX_NAME_LENGTH - 1)}…`);
});

test('cleaning twice changes nothing, and nothing unseen is left', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (name) => {
      const once = cleanName(name);
      if (once === undefined) return;
      expect(cleanName(once)).toBe(once);
      expect(once).not.toMatch(/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\n]/u);
      expect(Array.from(once).length).toBeLessThanOrEqual(MAX_NAME_LENGTH);
    }),
    { numRuns: 2_000 },
  );
});

test('cleans a name of words in ASCII as it cleans every other name', () => {
  const part = fc.constantFrom('Acme', 'x', '2', ' ', '[', '-', 'W'.repeat(40));
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const name = parts.join('');
      // An invisible character, which is removed, makes it any other name.
      expect(cleanName(name)).toBe(cleanName(`${name.slice(0, 1)}\u200B${name.slice(1)}`));
    }),
    { numRuns: 2_000 },
  );
});
