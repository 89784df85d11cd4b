import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { concatenated } from './ecdsa-signature.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const FULL = '7f'.repeat(32);
const HIGH = 'ff'.repeat(32);
const ZERO = '00';

test.each([
  ['two of the full length', `3044 0220${FULL} 0220${FULL}`, FULL + FULL],
  ['a zero before a first bit that is set', `3046 0221${ZERO}${HIGH} 0221${ZERO}${HIGH}`, HIGH + HIGH],
  ['a short one first', `3025 020101 0220${FULL}`, ZERO.repeat(31) + '01' + FULL],
  ['a short one last', `3025 0220${FULL} 020101`, FULL + ZERO.repeat(31) + '01'],
  ['a short one with a zero before it', `3008 02020080 02020081`, `${ZERO.repeat(31)}80${ZERO.repeat(31)}81`],
])('has both numbers at their full length: %s', (_, der, expected) => {
  expect(concatenated(hex(der)).toString('hex')).toBe(expected);
});

test('is verified as the signature that it was made from', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
  const lengths = new Set<number>();
  // One signature in 128 has a number that is a byte shorter.
  for (let i = 0; i < 1_000; i += 1) {
    const text = Buffer.from(`text ${i}`);
    const der = sign('sha256', text, privateKey);
    lengths.add(der.length);
    expect(verify('sha256', text, key, concatenated(der))).toBe(true);
  }
  expect(lengths.size).toBeGreaterThan(2);
});
