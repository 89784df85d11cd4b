import fc from 'fast-check';
import { expect, test } from 'vitest';
import { equalInConstantTime } from './equal.ts';

test('says what === says', () => {
  const text = fc.string({ unit: 'binary', maxLength: 4 });
  fc.assert(
    fc.property(text, text, (one, other) => {
      expect(equalInConstantTime(one, other)).toBe(one === other);
      expect(equalInConstantTime(one, Array.from(one).join(''))).toBe(true);
      expect(equalInConstantTime(one, `${one}x`)).toBe(false);
    }),
  );
});
