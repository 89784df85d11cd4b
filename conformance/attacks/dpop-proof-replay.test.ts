/**
 * Replay of a DPoP proof, and use of a sender-constrained token with another key: a thief of a token or of a proof could
 * impersonate the client.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-11 RFC 9449 §4.3, §11.1, §11.2}
 *
 * Taken out: packages/server/src/endpoints/token.ts: `...(proof.use === undefined ? [] : [proof.use]),` → ``
 * Then fails: accepts a proof once at the token endpoint
 * Taken out: packages/resource-server/src/dpop/proof.ts: `return seen === 'first' ? undefined` → `return seen !== undefined ? undefined`
 * Then fails: accepts a proof once at the API
 * Taken out: packages/resource-server/src/dpop/proof.ts: `if (judged.key !== proofKey)` → `if (false)`
 * Then fails: refuses a token without its key: with a proof of another key
 * Taken out: packages/server/src/token/dpop-binding.ts: `if (bound !== undefined && bound !== presentedKey) {` → `if (false) {`
 * Then fails: refuses a refresh token without its key
 * Taken out: packages/server/src/token/authorization-code-grant.ts: `code.proofKey !== undefined && code.proofKey !== shown` → `false`
 * Then fails: refuses a bound code without its key
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { OPEN_SEED } from '../support/app.ts';
import { VERIFIER } from '@vestibule/testing/pkce';
import { attackedApp } from './support/attacked.ts';
import { type AttackClient, newClient } from './support/client.ts';
import { askWithProof, proofOf, type ProofTerms, thumbprintOf } from './support/dpop.ts';
import { newKey, type OwnKey, withSecret, withSignature } from './support/jwt.ts';

const apis =
  OPEN_SEED.apis?.map((api, index) => (index === 0 ? { ...api, dpop: 'required' as const } : api)) ?? [];
const app = attackedApp({ ...OPEN_SEED, apis });

const [own, thiefs] = [await newKey(), await newKey()];

let client: AttackClient;
let nonce: string;
let tokenUrl: string;
beforeAll(async () => {
  client = await newClient(app());
  tokenUrl = `${app().issuer}/connect/token`;
  const asked = { grant_type: 'refresh_token', refresh_token: 'none', client_id: client.id };
  ({ nonce } = await askWithProof(app(), asked, 'none'));
});

/** A proof for the token endpoint. */
const forToken = (key: OwnKey, terms: Partial<ProofTerms> = {}): Promise<string> =>
  proofOf(key, { url: tokenUrl, nonce, ...terms });

const exchange = async (arrived: URL, proof: string | undefined) =>
  askWithProof(
    app(),
    {
      grant_type: 'authorization_code',
      client_id: client.id,
      code: arrived.searchParams.get('code') ?? '',
      redirect_uri: client.callback,
      code_verifier: VERIFIER,
    },
    proof,
  );

const refresh = (token: string, proof: string | undefined) =>
  askWithProof(app(), { grant_type: 'refresh_token', client_id: client.id, refresh_token: token }, proof);

async function boundTokens(): Promise<{ readonly access_token: string; readonly refresh_token: string }> {
  const { status, body } = await exchange(await client.code(), await forToken(own));
  expect([status, body.token_type]).toEqual([200, 'DPoP']);
  return body;
}

/** Presents a token at Notes, which responds 204 to admitted requests. */
async function show(token: string, proof: string | undefined, scheme = 'DPoP'): Promise<number> {
  const headers = { authorization: `${scheme} ${token}`, ...(proof !== undefined && { dpop: proof }) };
  return (await fetch(app().notes, { method: 'POST', headers })).status;
}

const forNotes = (key: OwnKey, accessToken: string, terms: Partial<ProofTerms> = {}): Promise<string> =>
  proofOf(key, { url: app().notes.href, accessToken, ...terms });

test('accepts a token with a proof of its key', async () => {
  const { access_token: token } = await boundTokens();
  expect(await show(token, await forNotes(own, token))).toBe(204);
});

test('accepts a proof once at the token endpoint', async () => {
  const { refresh_token: first } = await boundTokens();
  const proof = await forToken(own);
  const { body } = await refresh(first, proof);
  const answer = await refresh(body.refresh_token, proof);
  expect([answer.status, answer.body.error]).toEqual([400, 'invalid_dpop_proof']);
  expect((await refresh(body.refresh_token, await forToken(own))).status).toBe(200);
});

test('accepts a proof once at the API', async () => {
  const { access_token: token } = await boundTokens();
  const proof = await forNotes(own, token);
  const statuses = await Promise.all(Array.from({ length: 10 }, () => show(token, proof)));
  expect(statuses.filter((status) => status === 204)).toHaveLength(1);
  expect(await show(token, proof)).toBe(401);
});

describe('refuses a token without its key:', () => {
  const ways: [string, (token: string) => Promise<number>][] = [
    ['as a bearer token', (token) => show(token, undefined, 'Bearer')],
    ['as a bearer token with a proof', async (token) => show(token, await forNotes(own, token), 'Bearer')],
    ['without a proof', (token) => show(token, undefined)],
    ['with a proof of another key', async (token) => show(token, await forNotes(thiefs, token))],
    ['with a proof that names no token', async (token) => show(token, await forNotes(own, ''))],
    ['with a proof for another token', async (token) => show(token, await forNotes(own, 'another'))],
    [
      'with a proof for another HTTP method',
      async (token) => show(token, await forNotes(own, token, { method: 'GET' })),
    ],
    [
      'with a proof for another URL',
      async (token) => show(token, await forNotes(own, token, { url: 'https://evil.example/mcp' })),
    ],
    [
      'with a proof for the token endpoint',
      async (token) => show(token, await forNotes(own, token, { url: tokenUrl })),
    ],
    [
      'with another key in the header than the one that signed',
      async (token) => show(token, await forNotes(own, token, { header: { jwk: thiefs.publicJwk } })),
    ],
    [
      'with its own key in the header and the signature of another',
      async (token) => show(token, await forNotes(thiefs, token, { header: { jwk: own.publicJwk } })),
    ],
  ];
  test.each(ways)('%s', async (_, way) => {
    const { access_token: token } = await boundTokens();
    expect(await way(token)).toBe(401);
    expect(await show(token, await forNotes(own, token))).toBe(204);
  });
});

describe('refuses a refresh token without its key', () => {
  test('is refused if presented with another key or without one', async () => {
    const { refresh_token: token } = await boundTokens();
    for (const proof of [await forToken(thiefs), undefined]) {
      const { status, body } = await refresh(token, proof);
      expect([status, body.access_token]).toEqual([400, undefined]);
    }
    expect((await refresh(token, await forToken(own))).status).toBe(200);
  });
});

describe('refuses a bound code without its key', () => {
  test.each([
    ['another key', () => forToken(thiefs)],
    ['no key', async () => undefined],
  ])('%s', async (_, proof) => {
    const code = await client.code({ dpop_jkt: await thumbprintOf(own) });
    const { status, body } = await exchange(code, await proof());
    expect([status, body.access_token]).toEqual([400, undefined]);
  });

  test('is exchanged if presented with its key', async () => {
    const code = await client.code({ dpop_jkt: await thumbprintOf(own) });
    expect((await exchange(code, await forToken(own))).status).toBe(200);
  });
});

describe('refuses an invalid proof', () => {
  const seconds = Math.floor(Date.now() / 1_000);
  const proofs: [string, () => Promise<string>][] = [
    ['an old one', () => forToken(own, { claims: { iat: seconds - 3_600 } })],
    ['one from the future', () => forToken(own, { claims: { iat: seconds + 3_600 } })],
    ['one without a time', () => forToken(own, { claims: { iat: undefined } })],
    ['one without an id', () => forToken(own, { claims: { jti: undefined } })],
    ['one with an invented nonce', () => forToken(own, { nonce: 'made-up' })],
    ['one without a nonce', () => forToken(own, { nonce: '' })],
    ['one for another endpoint', () => forToken(own, { url: `${app().issuer}/connect/par` })],
    ['one for another host', () => forToken(own, { url: 'https://evil.example/connect/token' })],
    ['one for another method', () => forToken(own, { method: 'GET' })],
    ['one of another type', () => forToken(own, { header: { typ: 'JWT' } })],
    ['one without a key', () => forToken(own, { header: { jwk: undefined } })],
    ['one with another key', () => forToken(own, { header: { jwk: thiefs.publicJwk } })],
    ['an unsigned one', async () => withSignature(await forToken(own), { alg: 'none' }, '')],
    ['one without its signature', async () => withSignature(await forToken(own), {}, '')],
    [
      'one with a symmetric key in its header',
      async () =>
        withSecret(await forToken(own), { alg: 'HS256', jwk: { kty: 'oct', k: 'c2VjcmV0' } }, 'secret'),
    ],
    ['two at once', async () => `${await forToken(own)}, ${await forToken(own)}`],
    ['an empty one', async () => ' '],
    ['a very long one', () => forToken(own, { claims: { x: 'x'.repeat(9_000) } })],
  ];
  test.each(proofs)('%s', async (_, proof) => {
    const code = await client.code();
    const { status, body } = await exchange(code, await proof());
    expect([status, body.access_token]).toEqual([400, undefined]);
    // It was refused before the code was read.
    expect((await exchange(code, await forToken(own))).status).toBe(200);
  });
});
