import type { TrustedIssuer } from '@vestibule/core/registration';
import { generateKeyPairSync, sign } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { createStatementVerifier } from '../src/software-statements/index.ts';
import {
  CLAIMS,
  type IssuerKey,
  jwksOf,
  makeKey,
  NOW,
  statementOf,
  trusted,
  unsignedParts,
} from './support/issuer.ts';

let key: IssuerKey;
let other: IssuerKey;
beforeAll(async () => {
  [key, other] = await Promise.all([makeKey(), makeKey()]);
});

const verify = (statement: string, issuer: Partial<TrustedIssuer>) =>
  createStatementVerifier().verify(statement, [trusted(issuer)], NOW, []);

test('a statement without kid is tried with every key that could have signed it', async () => {
  const statement = await statementOf(key, {}, { kid: undefined });
  const broken = { ...other.publicJwk, x: 'AAAA' };
  const secret = { kty: 'oct', k: 'AAAA' };
  const jwks = { keys: [broken, secret, ...jwksOf(other, key).keys] };
  expect(await verify(statement, { jwks })).toMatchObject({ outcome: 'verified' });
});

test('a signature is not tried with more than sixteen keys', async () => {
  const statement = await statementOf(key, {}, { kid: undefined });
  const others = Array.from({ length: 16 }, () => other);
  expect(await verify(statement, { jwks: jwksOf(...others.slice(1), key) })).toMatchObject({
    outcome: 'verified',
  });
  expect(await verify(statement, { jwks: jwksOf(...others, key) })).toMatchObject({ outcome: 'invalid' });
});

test.each<[what: string, change: object]>([
  ['for encryption', { use: 'enc' }],
  ['for something else than to verify', { key_ops: ['sign'] }],
  ['for another algorithm', { alg: 'ES384' }],
  ['of another curve', { crv: 'P-384' }],
  ['of another type', { kty: 'RSA' }],
  ['not on the curve', { x: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
  ['of no type that there is', { kty: 'nonsense' }],
])('a key that is %s is none', async (_, change) => {
  const jwks = { keys: [{ ...key.publicJwk, ...change }] };
  expect(await verify(await statementOf(key), { jwks })).toMatchObject({
    outcome: 'invalid',
    problem: expect.stringContaining('is signed with a key that'),
  });
});

test('an RSA key of 1024 bits is ignored, even if it is published', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const unsigned = unsignedParts({ alg: 'RS256' }, CLAIMS).slice(0, -1);
  const statement = `${unsigned}.${sign('sha256', Buffer.from(unsigned), privateKey).toString('base64url')}`;
  const jwks = { keys: [{ ...publicKey.export({ format: 'jwk' }) }] };
  expect(await verify(statement, { jwks, algorithms: ['RS256'] })).toMatchObject({ outcome: 'invalid' });
});

const KEY_SET = /^The jwks of the trusted issuer 'https:\/\/vouch.example' is no JSON Web Key Set/;
const ADDRESS = /^The jwksUri of the trusted issuer 'https:\/\/vouch.example' must be an https address/;
const EITHER = /^Either jwks or jwksUri must be there for the trusted issuer 'https:\/\/vouch.example'/;

test.each<[what: string, problem: RegExp, settings: () => Partial<TrustedIssuer>]>([
  ['no keys', EITHER, () => ({})],
  ['keys in two places', EITHER, () => ({ jwks: jwksOf(key), jwksUri: 'https://vouch.example/jwks' })],
  ['a key set that is a key', KEY_SET, () => ({ jwks: JSON.parse('{"kty":"EC"}') })],
  ['a key set that is null', KEY_SET, () => ({ jwks: JSON.parse('null') })],
  ['a key set of nothings', KEY_SET, () => ({ jwks: JSON.parse('{"keys":[null]}') })],
  ['a key set of keys without type', KEY_SET, () => ({ jwks: JSON.parse('{"keys":[{}]}') })],
  ...[
    '',
    '/jwks',
    'http://vouch.example/jwks',
    'http://localhost/jwks',
    'http://127.0.0.1/jwks',
    'http://127.0.0.1.thief.example/jwks',
    'http://localhost.thief.example/jwks',
    'http://thief.example#localhost',
    'http://localhost@thief.example/jwks',
    'https://user:secret@vouch.example/jwks',
    'ftp://localhost/jwks',
    'file:///etc/jwks',
    'data:application/json,{"keys":[]}',
  ].map((jwksUri): [string, RegExp, () => Partial<TrustedIssuer>] => [
    `keys at ${jwksUri || 'no address'}`,
    ADDRESS,
    () => ({ jwksUri }),
  ]),
])('settings with %s are for the operator to mend', async (_, problem, settings) => {
  const verified = verify(await statementOf(key), settings());
  await expect(verified).rejects.toThrow(problem);
  await expect(verified).rejects.not.toHaveProperty('code');
});
