/**
 * Algorithm confusion: a JWT with a symmetric signature whose secret is the public key, or with another algorithm than the
 * one of the key.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8725#section-2.1 RFC 8725 §2.1, §3.1}
 * @see {@link https://nvd.nist.gov/vuln/detail/CVE-2015-9235 CVE-2015-9235}
 * @see {@link https://nvd.nist.gov/vuln/detail/CVE-2022-21449 CVE-2022-21449}
 *
 * Taken out: packages/resource-server/src/token/verify-jwt.ts: `createRemoteJWKSet(new URL(jwksUri), howToLook)` → `async () => new TextEncoder().encode(JSON.stringify((await (await (fetch ?? globalThis.fetch)(jwksUri, {})).json()).keys[0]))`
 * Taken out: packages/resource-server/src/token/verify-jwt.ts: `'ES256', ` → `'HS256', `
 * Then fails: access tokens, at the API refuses a signature that uses a public key as a symmetric secret
 */
import { createPublicKey } from 'node:crypto';
import type { JWK } from 'jose';
import { describe, expect, test } from 'vitest';
import { attackedApp } from './support/attacked.ts';
import { newKey, partsOf, withSecret, withSignature } from './support/jwt.ts';
import { TAKERS, TRUSTING_SEED } from './support/takers.ts';

const app = attackedApp(TRUSTING_SEED);

/** A public key in every form in which it is distributed. */
const FORMS: [string, (jwk: JWK) => Uint8Array | string][] = [
  ['as JSON', (jwk) => JSON.stringify(jwk)],
  ['as a set', (jwk) => JSON.stringify({ keys: [jwk] })],
  ['as PEM', (jwk) => pem(jwk)],
  ['as PEM without the last line break', (jwk) => pem(jwk).trimEnd()],
  ['as DER', (jwk) => createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'der' })],
  ['as its coordinates', ({ x = '', y = '' }) => Buffer.from(x + y, 'base64url')],
  ['as one coordinate', ({ x = '' }) => x],
  ['as its id', ({ kid = '' }) => kid],
  ['not at all', () => ''],
];

const pem = (key: JWK): string =>
  createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString();

describe.each(TAKERS)('%s', (_, taker) => {
  test('accepts genuine tokens and assertions', async () => {
    expect(await taker.status(app(), await taker.real(app()))).toBe(taker.taken);
  });

  describe('refuses a signature that uses a public key as a symmetric secret', () => {
    const hashes = [
      ['HS256', 'sha256'],
      ['HS384', 'sha384'],
      ['HS512', 'sha512'],
    ];
    const cases = FORMS.flatMap(([form, toSecret]) =>
      hashes.map(([alg = '', hash = '']): [string, string, string, typeof toSecret] => [
        alg,
        form,
        hash,
        toSecret,
      ]),
    );
    test.each(cases)('%s, %s', async (alg, _form, hash, toSecret) => {
      const secret = toSecret(await taker.publicJwk(app()));
      const forged = withSecret(await taker.real(app()), { alg }, secret, hash);
      expect(await taker.status(app(), forged)).toBe(taker.refused);
    });
  });

  test.each([
    'RS256',
    'PS256',
    'ES384',
    'ES512',
    'EdDSA',
    'Ed25519',
    'ES256K',
    'es256',
    'HS256',
    'dir',
    'A128KW',
  ])('refuses a signature by one algorithm under the name of another: %s', async (alg) => {
    const real = await taker.real(app());
    const [, , signature = ''] = real.split('.');
    expect(await taker.status(app(), withSignature(real, { alg }, signature))).toBe(taker.refused);
  });

  test.each(['RS256', 'PS256', 'ES384', 'EdDSA'])(
    'refuses a signature by a key of another type: %s',
    async (alg) => {
      const own = await newKey(alg);
      expect(await taker.status(app(), await own.sign(await taker.real(app())))).toBe(taker.refused);
    },
  );

  test.each([
    ['of zeros', Buffer.alloc(64).toString('base64url')],
    ['of nothing', ''],
    [
      'of the order of the curve',
      Buffer.from(
        'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'.repeat(2),
        'hex',
      ).toString('base64url'),
    ],
    ['of half its length', Buffer.alloc(32, 1).toString('base64url')],
    ['of text', 'signature'],
  ])('refuses a signature %s', async (__, signature) => {
    expect(await taker.status(app(), withSignature(await taker.real(app()), {}, signature))).toBe(
      taker.refused,
    );
  });

  test('refuses a header or payload that was not signed', async () => {
    const real = await taker.real(app());
    const [, , signature = ''] = real.split('.');
    for (const [name, value] of Object.entries(partsOf(real).claims)) {
      const changed = typeof value === 'number' ? value + 1 : 'changed';
      const forged = withSignature(real, {}, signature, { [name]: changed });
      expect([name, await taker.status(app(), forged)]).toEqual([name, taker.refused]);
    }
  });
});
