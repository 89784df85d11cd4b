import { cite } from '@vestibule/requirements';
import { base64url } from 'jose';
import { KeyObject, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { createStatementVerifier } from '../../src/software-statements/index.ts';
import {
  type Attack,
  byThief,
  good,
  HEADER,
  header,
  issuers,
  key,
  others,
  payload,
  problemOf,
  signature,
  stolen,
  thief,
  withHeader,
} from '../support/attack.ts';
import { CLAIMS, NOW, signedParts, statementOf, unsignedParts } from '../support/issuer.ts';

const KEY = /^is signed with a key that 'https:\/\/vouch.example' does not publish/;
const SIGNATURE = /^is not signed by 'https:\/\/vouch.example'/;

const flipped = (text: string): string => (text.startsWith('A') ? 'B' : 'A') + text.slice(1);

/** The signature of the issuer in the format of OpenSSL. */
const derSigned = (): string => {
  const input = `${header}.${payload}`;
  const der = sign('sha256', Buffer.from(input), KeyObject.from(key.privateKey));
  return `${input}.${der.toString('base64url')}`;
};

test('the statement that the attacks begin with is valid', async () => {
  expect(await createStatementVerifier().verify(good, issuers, NOW, [])).toMatchObject({
    outcome: 'verified',
  });
});

test.each<Attack>([
  ['an unknown kid', withHeader({ kid: 'nobody' })],
  ['a kid that is a path', withHeader({ kid: '../../../../dev/null' })],
  ['a kid that is SQL', withHeader({ kid: "k' OR '1'='1" })],
  ['a kid of every object', withHeader({ kid: '__proto__' })],
  ['an empty kid', withHeader({ kid: '' })],
  ['a kid of a key of another type', withHeader({ kid: 'rsa' })],
])('a key that its issuer does not publish is invalid: %s', async (_, make) => {
  expect(await problemOf(await make(), 'invalid')).toMatch(KEY);
});

test.each<Attack>([
  ['a stripped signature', () => `${header}.${payload}.`],
  [
    'another payload under the signature',
    () => `${header}.${unsignedParts('', stolen).split('.')[1]}.${signature}`,
  ],
  ['another header over the payload', () => unsignedParts({ ...HEADER, typ: 'JWT' }, CLAIMS, signature)],
  [
    'the signature of another statement',
    async () => `${header}.${payload}.${(await statementOf(key, { jti: '2' })).split('.')[2]}`,
  ],
  ['a flipped signature', () => `${header}.${payload}.${flipped(signature)}`],
  ['half a signature', () => `${header}.${payload}.${signature.slice(0, 43)}`.replace(/.$/, 'A')],
  ['a signature of zeros', () => `${header}.${payload}.${base64url.encode(new Uint8Array(64))}`],
  ['a signature in DER', derSigned],
  ["a thief's key", byThief({})],
  ["a thief's key without kid", byThief({ kid: undefined })],
  ["another trusted issuer's key", () => statementOf(others)],
  ['the kid of another key of the issuer', withHeader({ kid: 'spare' })],
  [
    'an issuer twice, the trusted one last',
    () => signedParts(thief, HEADER, JSON.stringify(CLAIMS).replace('{', '{"iss":"https://thief.example",')),
  ],
  [
    "software its issuer has nothing to say of, under a thief's key",
    () => signedParts(thief, HEADER, { ...CLAIMS, software_id: 'bank' }),
  ],
])(cite('a signature that its issuer did not make is invalid: %s', 'rfc7591:2.3:signed'), async (_, make) => {
  expect(await problemOf(await make(), 'invalid')).toMatch(SIGNATURE);
});

test.each<Attack>([
  ['a key that it brings itself', byThief({ jwk: thief.publicJwk })],
  ['a key set that it names', byThief({ jku: 'https://thief.example/jwks' })],
  ['certificates that it names', byThief({ x5u: 'https://thief.example/certificates' })],
  ['certificates that it brings', byThief({ x5c: ['MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A'] })],
])(cite('an issuer cannot verify itself: %s', 'vestibule:software-statements:keys'), async (_, make) => {
  expect(await problemOf(await make(), 'invalid')).toMatch(SIGNATURE);
});
