import type { StatementAlgorithm } from '@vestibule/core/registration';
import { cite } from '@vestibule/requirements';
import { base64url, exportSPKI, SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { createStatementVerifier } from '../../src/software-statements/index.ts';
import { type Attack, key, problemOf, rsa, signature, stolen, withHeader } from '../support/attack.ts';
import { CLAIMS, jwksOf, NOW, signedParts, statementOf, trusted, unsignedParts } from '../support/issuer.ts';

const ALGORITHM = /^is not signed with an algorithm that is good here; use one of ES256,/;
const AGREED = /^is not signed with an algorithm that is agreed with 'https:\/\/vouch.example'/;

const publicPem = await exportSPKI(
  // Exportable, as a key is for a reader of a key set.
  await crypto.subtle.importKey('jwk', key.publicJwk, { name: 'ECDSA', namedCurve: 'P-256' }, true, []),
);
const hmac = (alg: string, secret: string | Uint8Array, claims: object = {}): Promise<string> =>
  new SignJWT({ ...stolen, ...claims })
    .setProtectedHeader({ alg, kid: 'k' })
    .sign(typeof secret === 'string' ? new TextEncoder().encode(secret) : secret);

/** A symmetric key that no trusted issuer has, unless its settings say so. */
const SECRET = {
  kty: 'oct',
  k: base64url.encode('a secret of an issuer, 32 bytes!'),
  kid: 'k',
  alg: 'HS256',
};

/** An unknown issuer. */
const nobody = { iss: 'https://nobody.example' };

test.each<Attack>([
  ...['none', 'None', 'NONE', 'nOnE', ' none', 'none\u0000', ''].map((alg): Attack => [
    JSON.stringify(alg),
    () => unsignedParts({ alg }, stolen),
  ]),
  ['with a signature that is there', () => unsignedParts({ alg: 'none' }, stolen, signature)],
  ['of an unknown issuer', () => unsignedParts({ alg: 'none' }, { ...stolen, ...nobody })],
  ['said last, after another', () => signedParts(key, '{"alg":"ES256","alg":"none"}', CLAIMS)],
])(cite('the algorithm none is invalid: %s', 'vestibule:software-statements:no-none'), async (_, make) => {
  expect(await problemOf(await make(), 'invalid')).toMatch(ALGORITHM);
});

test.each<Attack>([
  ['in PEM', () => hmac('HS256', publicPem)],
  ['with HS384', () => hmac('HS384', publicPem)],
  ['with HS512', () => hmac('HS512', publicPem)],
  ['as a JWK', () => hmac('HS256', JSON.stringify(key.publicJwk))],
  ['in bytes', () => hmac('HS256', base64url.decode(key.publicJwk.x ?? ''))],
  ['of an unknown issuer', () => hmac('HS256', publicPem, nobody)],
])(
  cite('the public key is no shared secret: %s', 'vestibule:software-statements:no-symmetric'),
  async (_, make) => {
    expect(await problemOf(await make(), 'invalid')).toMatch(ALGORITHM);
  },
);

test.each<Attack>([
  ['absent', () => unsignedParts({ kid: 'k' }, stolen, signature)],
  ['a list', withHeader({ alg: ['ES256'] })],
  ['a number', withHeader({ alg: 256 })],
  ['in small letters', withHeader({ alg: 'es256' })],
  ['a member of every object', withHeader({ alg: 'constructor' })],
])('an algorithm that is none of those that are known is invalid: %s', async (_, make) => {
  expect(await problemOf(await make(), 'invalid')).toMatch(ALGORITHM);
});

test.each<Attack>([['RS256, with a key that is published', () => statementOf(rsa)]])(
  cite('an algorithm that is not agreed is invalid: %s', 'rfc7591:2.3:algorithms'),
  async (_, make) => {
    expect(await problemOf(await make(), 'invalid')).toMatch(AGREED);
  },
);

test.each<[name: string, smuggled: readonly string[], problem: RegExp, make: Attack[1]]>([
  ['none', ['none', 'ES256'], ALGORITHM, () => unsignedParts({ alg: 'none' }, stolen)],
  ['a shared secret', ['HS256'], ALGORITHM, () => hmac('HS256', base64url.decode(SECRET.k))],
  ['nothing that is known', ['none', 'HS256'], AGREED, () => statementOf(key)],
])('settings that name it do not make a signature of %s', async (_, smuggled, problem, make) => {
  const isAlgorithm = (name: string): name is StatementAlgorithm => smuggled.includes(name);
  const jwks = { keys: [SECRET, ...jwksOf(key).keys] };
  const issuer = trusted({ algorithms: smuggled.filter(isAlgorithm), jwks });
  expect(await createStatementVerifier().verify(await make(), [issuer], NOW, [])).toMatchObject({
    outcome: 'invalid',
    problem: expect.stringMatching(problem),
  });
});
