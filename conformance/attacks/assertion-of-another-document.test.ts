/**
 * An assertion that does not prove its client: made with the key of another document, without a key, with the public key as a secret, or
 * used a second time. Anyone can publish a document with keys of their own, or one that names the keys of another.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7523#section-3 RFC 7523 §3}
 * @see {@link https://www.rfc-editor.org/rfc/rfc8725#section-2.1 RFC 8725 §2.1}
 *
 * Taken out: packages/server/src/client/authentication/proof.ts: `if (signature !== 'good') return` → `if (false) return`
 * Then fails: accepts no assertion by the key of another document
 *
 * Taken out: packages/server/src/client/authentication/assertion.ts: `iss !== clientId || sub !== clientId` → `false`
 * Then fails: does not accept the assertion of a client for a document that names the same keys
 *
 * Taken out: packages/assertions/src/header.ts: `STATEMENT_ALGORITHMS.find((known) => known === alg)` → `(alg as never)`
 * Taken out: packages/assertions/src/keys/local.ts: `return { find: (header) => fittingKeys(set, header) };` → `return { find: async (header: { alg: string }) => header.alg === 'HS256' ? [new TextEncoder().encode(JSON.stringify(jwks.keys[0])) as never] : fittingKeys(set, header as never) };`
 * Then fails: accepts no assertion with the public key as a secret
 *
 * Taken out: packages/assertions/src/header.ts: `STATEMENT_ALGORITHMS.find((known) => known === alg)` → `(alg as never)`
 * Taken out: packages/assertions/src/signature.ts: `if (keys.length === 0) return 'key-unknown';` → `if (keys.length === 0) return 'good';`
 * Then fails: accepts no assertion without a signature
 *
 * Taken out: packages/server/src/client/authentication/proof.ts: `if (await replays.has(realm.id, key)) return` → `if (false) return`
 * Taken out: packages/server/src/endpoints/token.ts: `...(use === undefined ? [] : [use]),` → ``
 * Then fails: accepts an assertion of a client with a document once
 * Taken out: packages/server/src/endpoints/token.ts: `...(use === undefined ? [] : [use]),` → ``
 * Then fails: accepts one of many uses of an assertion at the same time
 *
 * Taken out: packages/server/src/client/authentication/proof.ts: `if (chosenBy === 'operator') {` → `if (true) {`
 * Then fails: stores nothing of the assertions of worthless requests, of which a stranger can make any number
 */
import { sha256 } from '@vestibule/http';
import { describe, expect, test } from 'vitest';
import { startDocumentApp } from './support/document-app.ts';
import {
  approvedFor,
  assertionFor,
  exchangeFor,
  keySetOf,
  refreshFor,
  unsignedFor,
} from './support/document-key.ts';
import { newKey, withSecret } from './support/jwt.ts';

const CLIENT = 'https://agent.example/client.json';
const ATTACKER = 'https://evil.example/client.json';
const KEYS = 'https://agent.example/jwks.json';

const BY_KEY = { token_endpoint_auth_method: 'private_key_jwt' };

const refused = { status: 401, body: { error: 'invalid_client' } };

const [key, attackers] = [await newKey(), await newKey()];

/** Where the client has its keys. */
const PLACES = [
  ['in its document', { jwks: keySetOf(key) }],
  ['at a URL', { jwks_uri: KEYS }],
] as const;

/** A client with a key, with a code on the way that an attacker has. */
async function withCode(place: object = { jwks: keySetOf(key) }) {
  const world = await startDocumentApp();
  const { app, publish } = world;
  publish({ ...BY_KEY, ...place });
  publish(keySetOf(key), KEYS);
  const arrived = await approvedFor(app, CLIENT);
  const exchangeBy = (assertion: string) => exchangeFor(app, CLIENT, arrived, assertion);
  const own = async () => exchangeBy(await assertionFor(app, CLIENT, key));
  return { ...world, arrived, exchangeBy, own };
}

describe('accepts no assertion by the key of another document', () => {
  test.each(PLACES)('the client has its keys %s', async (_, place) => {
    const { app, exchangeBy, own } = await withCode(place);
    for (const header of [{}, { kid: 'other' }, { kid: undefined }, { jwk: attackers.publicJwk }]) {
      const forged = await assertionFor(app, CLIENT, attackers, {}, header);
      expect(await exchangeBy(forged)).toMatchObject(refused);
    }
    expect(await own()).toMatchObject({ status: 200 });
  });
});

test('does not accept the assertion of a client for a document that names the same keys', async () => {
  const { app, publish } = await withCode();
  publish({ ...BY_KEY, jwks_uri: KEYS });
  const stolen = await approvedFor(app, ATTACKER);
  const genuine = await assertionFor(app, CLIENT, key);
  expect(await exchangeFor(app, ATTACKER, stolen, genuine)).toMatchObject(refused);
});

test.each(PLACES)(
  'accepts no assertion with the public key as a secret: the client has its keys %s',
  async (_, place) => {
    const { app, exchangeBy, own } = await withCode(place);
    const genuine = await assertionFor(app, CLIENT, key);
    const { kty, crv, x, y } = key.publicJwk;
    for (const jwk of [keySetOf(key).keys[0], { kty, crv, x, y, kid: 'k' }]) {
      expect(await exchangeBy(withSecret(genuine, { alg: 'HS256' }, JSON.stringify(jwk)))).toMatchObject(
        refused,
      );
    }
    expect(await own()).toMatchObject({ status: 200 });
  },
);

describe('accepts no assertion without a signature', () => {
  test.each(['none', 'None', 'NONE', '', undefined])('by the algorithm %j', async (alg) => {
    const { app, exchangeBy, own } = await withCode();
    expect(await exchangeBy(await unsignedFor(app, CLIENT, key, { alg, kid: 'k' }))).toMatchObject(refused);
    expect(await own()).toMatchObject({ status: 200 });
  });
});

test('accepts an assertion of a client with a document once', async () => {
  const { app, exchangeBy } = await withCode();
  const assertion = await assertionFor(app, CLIENT, key);
  const { status, body } = await exchangeBy(assertion);
  expect(status).toBe(200);
  expect(await refreshFor(app, CLIENT, body.refresh_token, assertion)).toMatchObject(refused);
});

test('accepts one of many uses of an assertion at the same time', async () => {
  const { app } = await withCode();
  const codes = [];
  for (let count = 0; count < 5; count += 1) codes.push(await approvedFor(app, CLIENT));
  const assertion = await assertionFor(app, CLIENT, key);
  const answers = await Promise.all(codes.map((code) => exchangeFor(app, CLIENT, code, assertion)));
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 401, 401, 401, 401]);
});

test('stores nothing of the assertions of worthless requests, of which a stranger can make any number', async () => {
  const { app } = await withCode();
  const { realm, stores } = app;
  for (let count = 0; count < 10; count += 1) {
    const jti = `worthless ${count}`;
    const assertion = await assertionFor(app, CLIENT, key, { jti });
    expect(await refreshFor(app, CLIENT, 'no such token', assertion)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
    const kept = sha256(`client-assertion:${JSON.stringify([CLIENT, jti])}`);
    expect(await stores.replays.has(realm.id, kept)).toBe(false);
  }
});
