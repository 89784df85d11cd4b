import { expect, test } from 'vitest';
import { randomToken } from './random-token.ts';

test('no two tokens share bytes, across several fillings of the pool', () => {
  const tokens = Array.from({ length: 2_000 }, () => randomToken());
  const parts = tokens.flatMap((token) => {
    expect(token).toMatch(/^[\w-]{43}$/);
    const bytes = Buffer.from(token, 'base64url');
    expect(bytes).toHaveLength(32);
    return [0, 8, 16, 24].map((from) => bytes.toString('hex', from, from + 8));
  });
  expect(new Set(parts).size).toBe(8_000);
});
