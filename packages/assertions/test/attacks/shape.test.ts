import { CompactEncrypt, importJWK } from 'jose';
import { expect, test } from 'vitest';
import {
  type Attack,
  good,
  HEADER,
  header,
  key,
  payload,
  problemOf,
  rsa,
  signature,
} from '../support/attack.ts';
import { CLAIMS, signedParts, statementOfLength } from '../support/issuer.ts';

test.each<Attack>([
  ['nothing', () => ''],
  ['a word', () => 'statement'],
  ['two parts', () => `${header}.${payload}`],
  ['four parts', () => `${good}.AAAA`],
  [
    'a JWE',
    async () =>
      new CompactEncrypt(new TextEncoder().encode(good))
        .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM' })
        .encrypt(await importJWK(rsa.publicJwk, 'RSA-OAEP-256')),
  ],
  ['a JWS in the JSON serialization', () => JSON.stringify({ protected: header, payload, signature })],
])('what is no signed JWT is invalid: %s', async (_, make) => {
  expect(await problemOf(await make(), 'invalid')).toMatch(/^does not have the three parts/);
});

test.each<Attack>([
  ['a space before', () => ` ${good}`],
  ['a line end after', () => `${good}\n`],
  ['a line end within', () => `${header}.${payload.slice(0, 8)}\r\n${payload.slice(8)}.${signature}`],
  ['padding', () => `${good}==`],
  ['padding in the header', () => `${header}=.${payload}.${signature}`],
  [
    'stray bits at the end',
    () => good.slice(0, -1) + String.fromCharCode(good.charCodeAt(good.length - 1) + 1),
  ],
  ['the other alphabet', () => `${header}.${payload}.+/${signature.slice(2)}`],
  ['a letter beyond ASCII', () => `${header}.${payload}.\u00e4${signature.slice(1)}`],
  ['half a letter', () => `${header}.${payload}.\ud800${signature.slice(1)}`],
  ['a part that no bytes have', () => `${header}.${payload}A.A`],
])('another spelling of a good statement is invalid: %s', async (_, make) => {
  expect(await problemOf(await make(), 'invalid')).toMatch(/^is not in plain base64url/);
});

test.each<Attack>([
  ['three empty parts', () => '..'],
  ['an empty header', () => `.${payload}.${signature}`],
  ['an empty payload', () => `${header}..${signature}`],
  ['a header that is a list', () => signedParts(key, '[]', CLAIMS)],
  ['a header that is null', () => signedParts(key, 'null', CLAIMS)],
  ['a header that is no JSON', () => signedParts(key, '{alg:ES256}', CLAIMS)],
  ['a payload that is a statement', () => signedParts(key, { ...HEADER, cty: 'JWT' }, good)],
  ['a payload that is a list', () => signedParts(key, HEADER, '[]')],
  [
    'a payload that is a list in a list in a list',
    () => signedParts(key, HEADER, '['.repeat(3000) + ']'.repeat(3000)),
  ],
  ['a payload that is null', () => signedParts(key, HEADER, 'null')],
  ['a payload that is a string', () => signedParts(key, HEADER, '"MARKER"')],
  ['a payload with additional content', () => signedParts(key, HEADER, `${JSON.stringify(CLAIMS)}{}`)],
  [
    'a payload that is not UTF-8',
    () => signedParts(key, HEADER, new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])),
  ],
])('what holds something else than two objects is invalid: %s', async (_, make) => {
  expect(await problemOf(await make(), 'invalid')).toMatch(/^does not hold a JSON object/);
});

test.each<Attack>([
  ['one character too many', () => statementOfLength(key, 16_385)],
  ['a book', () => `${header}.${'A'.repeat(10_000_000)}.${signature}`],
])('what is longer than 16 KiB is invalid: %s', async (_, make) => {
  expect(await problemOf(await make(), 'invalid')).toMatch(/^is longer than 16384 characters/);
});
