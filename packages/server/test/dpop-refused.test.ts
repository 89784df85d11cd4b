import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type CommitChanges, createAuthorizationServer } from '../src/index.ts';
import { USERINFO } from './apis.ts';
import { clientWithKey, signProof } from './proofs.ts';
import { ISSUER, VERIFIER } from './set-up.ts';

const TOKEN = `${ISSUER}/connect/token`;

describe('a proof in a request that is refused is not stored', () => {
  /** A client with a key, and every row that is stored for a proof. */
  async function watched() {
    const world = await clientWithKey('offered');
    const kept: string[] = [];
    const commit: CommitChanges = async (changes) => {
      const outcome = await world.stores.commit(changes);
      const notes = changes.flatMap((change) => (change.kind === 'replay.note' ? [change.key] : []));
      if (outcome.committed) kept.push(...notes);
      return outcome;
    };
    const stores = { ...world.stores, commit };
    const server = createAuthorizationServer({ ...world.options, stores });
    const post = async (
      endpoint: 'token' | 'pushedRequest' | 'userinfo',
      htu: string,
      fields: Record<string, string>,
      headers: Record<string, string> = {},
    ) => {
      const claims = { htu, nonce: await world.nonce() };
      kept.length = 0;
      const dpop = await signProof(world.key, { ...claims, ...proofOf(headers) });
      const body = new URLSearchParams(fields);
      const request = new Request(htu, { method: 'POST', body, headers: { ...headers, dpop } });
      return (await server[endpoint](request, { ip: '192.0.2.1' })).status;
    };
    return { ...world, kept, post };
  }

  const proofOf = ({ authorization = '' }: Record<string, string>) => {
    const [, token] = authorization.split(' ');
    return token === undefined ? {} : { ath: createHash('sha256').update(token).digest('base64url') };
  };

  test.each<[string, Record<string, string>]>([
    ['no grant type', {}],
    ['an unknown code', { grant_type: 'authorization_code', code: 'x', code_verifier: VERIFIER }],
    ['an unknown refresh token', { grant_type: 'refresh_token', refresh_token: 'x' }],
  ])('at the token endpoint: %s', async (_, fields) => {
    const { post, kept, clientId } = await watched();
    expect(await post('token', TOKEN, { client_id: clientId, ...fields })).toBe(400);
    expect(kept).toEqual([]);
  });

  test('at the token endpoint with a valid refresh token for another API', async () => {
    const { post, kept, clientId, obtainCode, exchange, key } = await watched();
    const { body } = await exchange(await obtainCode(), key);
    const good = { client_id: clientId, grant_type: 'refresh_token', refresh_token: body.refresh_token };
    expect(await post('token', TOKEN, { ...good, resource: 'https://mail.example' })).toBe(400);
    expect(kept).toEqual([]);
    expect(await post('token', TOKEN, good)).toBe(200);
    expect(kept).toHaveLength(1);
  });

  test('where requests are pushed', async () => {
    const { post, kept, clientId, authorizeUrl } = await watched();
    const htu = `${ISSUER}/connect/par`;
    const good = Object.fromEntries(authorizeUrl(clientId).searchParams);
    expect(await post('pushedRequest', htu, { ...good, redirect_uri: 'https://evil.example' })).toBe(400);
    expect(kept).toEqual([]);
    expect(await post('pushedRequest', htu, good)).toBe(201);
    expect(kept).toHaveLength(1);
  });

  test('at userinfo without a valid access token', async () => {
    const { post, kept } = await watched();
    expect(await post('userinfo', USERINFO, {}, { authorization: 'DPoP nonsense' })).toBe(401);
    expect(kept).toEqual([]);
  });
});
