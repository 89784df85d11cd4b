/**
 * A JWT with the key for its verification in its header, or at a URL in its header.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8725#section-3.10 RFC 8725 §3.10}
 * @see {@link https://nvd.nist.gov/vuln/detail/CVE-2018-0114 CVE-2018-0114}
 *
 * Taken out: packages/resource-server/src/token/verify-jwt.ts: `createRemoteJWKSet(new URL(jwksUri), howToLook)` → `EmbeddedJWK`
 * Taken out: packages/resource-server/src/token/verify-jwt.ts: `import { createRemoteJWKSet,` → `import { EmbeddedJWK, createRemoteJWKSet,`
 * Then fails: access tokens, at the API ignores a key in the header
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attackedApp } from './support/attacked.ts';
import { newKey } from './support/jwt.ts';
import { TAKERS, TRUSTING_SEED } from './support/takers.ts';

const app = attackedApp(TRUSTING_SEED);
const own = await newKey();

/** A server with the attacker's key, which is never requested. */
let server: Server;
let asked = 0;
let address: string;
beforeAll(async () => {
  server = createServer((_, response) => {
    asked += 1;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ keys: [{ ...own.publicJwk, kid: 'k', alg: 'ES256' }] }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const listening = server.address();
  address = `http://127.0.0.1:${typeof listening === 'object' ? listening?.port : ''}`;
});
afterAll(() => void server.close());

describe.each(TAKERS)('%s', (_, taker) => {
  describe('ignores a key in the header', () => {
    const headers: [string, () => object][] = [
      ['jwk', () => ({ jwk: own.publicJwk })],
      ['jwk without a kid', () => ({ jwk: own.publicJwk, kid: undefined })],
      ['jwk with its own kid', () => ({ jwk: { ...own.publicJwk, kid: 'mine' }, kid: 'mine' })],
      ['jwk that is marked critical', () => ({ jwk: own.publicJwk, crit: ['jwk'] })],
      ['x5c', () => ({ x5c: [Buffer.from(JSON.stringify(own.publicJwk)).toString('base64')] })],
      ['a whole set', () => ({ jwks: { keys: [own.publicJwk] } })],
    ];
    test.each(headers)('%s', async (__, header) => {
      const real = await taker.real(app());
      const forged = await own.sign(real, header());
      expect(await taker.status(app(), forged)).toBe(taker.refused);
    });
  });

  describe('does not fetch a key from a URL in the header', () => {
    test.each(['jku', 'x5u', 'jwks_uri', 'iss'])('%s', async (member) => {
      const real = await taker.real(app());
      const claims = member === 'iss' ? { iss: address } : { [member]: `${address}/jwks` };
      const header = member === 'iss' ? {} : { [member]: `${address}/jwks` };
      expect(await taker.status(app(), await own.sign(real, header, claims))).toBe(taker.refused);
      expect(await taker.status(app(), await own.sign(real, { ...header, kid: undefined }, claims))).toBe(
        taker.refused,
      );
      expect(asked).toBe(0);
    });
  });
});
