import { expect, test } from 'vitest';
import { readKeys } from './published-keys.ts';

const KEY = { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) };
const RSA = { kty: 'RSA', n: 'n'.repeat(342), e: 'AQAB' };

const ON_CURVE = (namedCurve: string) => ({ name: 'ECDSA', namedCurve });
const OF_RSA = (modulusLength: number) => ({
  name: 'RSA-PSS',
  hash: 'SHA-256',
  modulusLength,
  publicExponent: new Uint8Array([1, 0, 1]),
});

test.each<[string, Parameters<typeof crypto.subtle.generateKey>[0]]>([
  ['ES256', ON_CURVE('P-256')],
  ['ES384', ON_CURVE('P-384')],
  ['ES512', ON_CURVE('P-521')],
  ['PS256', OF_RSA(2_048)],
  ['RS256', OF_RSA(4_096)],
  ['EdDSA', { name: 'Ed25519' }],
  ['Ed25519', { name: 'Ed25519' }],
])('a public key for %s is kept', async (alg, algorithm) => {
  const pair = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  if (!('publicKey' in pair)) throw new Error('The algorithm is symmetric.');
  const { kty, crv, x, y, n, e } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const key = JSON.parse(
    JSON.stringify({ kty, crv, x, y, n, e, kid: 'a', alg, use: 'sig', key_ops: ['verify'] }),
  );
  expect(readKeys({ jwks: { keys: [key] } })).toEqual({ ok: true, keys: { jwks: { keys: [key] } } });
});

test('certificates and other members of a key are not kept', () => {
  const key = { ...KEY, x5c: ['MIIB'], x5u: 'https://app.example/key', jku: 'https://evil.example', iat: 5 };
  expect(readKeys({ jwks: { keys: [key] } })).toEqual({ ok: true, keys: { jwks: { keys: [KEY] } } });
});

test.each<[string, object]>([
  ['for encryption', { ...KEY, use: 'enc' }],
  ['that only signs', { ...KEY, key_ops: ['sign'] }],
  ['for an algorithm that is not supported', { ...KEY, alg: 'ES256K' }],
  ['on another curve', { ...KEY, crv: 'secp256k1' }],
  ['for key agreement', { kty: 'OKP', crv: 'X25519', x: 'x'.repeat(43) }],
  ['of an unknown type', { kty: 'AKP', pub: 'x' }],
  ['without a type', { x: 'x' }],
  ['with a coordinate that is too short', { ...KEY, x: 'x' }],
  ['with a coordinate that is no text', { ...KEY, x: 5 }],
  ['with a coordinate in another alphabet', { ...KEY, x: '+'.repeat(43) }],
  ['of RSA with 1,024 bits', { ...RSA, n: 'n'.repeat(171) }],
  ['of RSA with 16,384 bits', { ...RSA, n: 'n'.repeat(2_731) }],
  ['of RSA with an exponent of 2,048 bits', { ...RSA, e: 'e'.repeat(342) }],
  ['with a kid that is a number', { ...KEY, kid: 5 }],
])('a key %s is left out', (_, key) => {
  expect(readKeys({ jwks: { keys: [key, KEY] } })).toEqual({ ok: true, keys: { jwks: { keys: [KEY] } } });
});

test.each<[string, object, string]>([
  ['keys at two places', { jwks: { keys: [KEY] }, jwks_uri: 'https://a.example/j' }, 'both'],
  ['keys over http', { jwks_uri: 'http://a.example/j' }, 'https URL'],
  ['keys at a URL with a user name', { jwks_uri: 'https://user@a.example/j' }, 'https URL'],
  ['keys at a URL with a password', { jwks_uri: 'https://:secret@a.example/j' }, 'https URL'],
  ['keys at a URL with a fragment', { jwks_uri: 'https://a.example/j#k' }, 'https URL'],
  ['keys at a host that ends with a dot', { jwks_uri: 'https://a.example./j' }, 'https URL'],
  ['keys at an endless URL', { jwks_uri: `https://a.example/${'j'.repeat(1_024)}` }, 'https URL'],
  ['keys at a list of URLs', { jwks_uri: ['https://a.example/j'] }, 'https URL'],
  ['keys at no URL', { jwks_uri: '' }, 'https URL'],
  ['a list instead of a key set', { jwks: [KEY] }, 'list of keys'],
  ['a text instead of a key', { jwks: { keys: ['key'] } }, 'list of keys'],
  ['seventeen keys', { jwks: { keys: Array.from({ length: 17 }, () => KEY) } }, 'at most 16'],
  ['a symmetric key', { jwks: { keys: [{ kty: 'oct', k: 'k' }] } }, 'public keys only'],
  ['a symmetric key without its value', { jwks: { keys: [{ kty: 'oct' }] } }, 'public keys only'],
  ['a private key beside public ones', { jwks: { keys: [KEY, { ...KEY, d: 'd' }] } }, 'public keys only'],
  ['a private member of another form', { jwks: { keys: [{ ...KEY, d: 0 }] } }, 'public keys only'],
])('a document with %s is refused', (_, members, problem) => {
  expect(readKeys({ ...members })).toEqual({ ok: false, problem: expect.stringContaining(problem) });
});

test('a document without keys has none', () => {
  expect(readKeys({ jwks: null })).toEqual({ ok: true });
});
