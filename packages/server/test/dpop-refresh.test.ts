import { decodeJwt } from 'jose';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { clientWithKey, newProofKey, realmWithDpop } from './proofs.ts';
import { CALLBACK, VERIFIER } from './set-up.ts';

describe('a refresh token that is bound to a key', () => {
  test(cite('is valid with a proof of that key, and so is its successor', 'rfc9449:5:refresh'), async () => {
    const { obtainCode, exchange, refresh, key } = await clientWithKey();
    const { body: first } = await exchange(await obtainCode(), key);
    const { body: second } = await refresh(first.refresh_token, key);
    expect(second.token_type).toBe('DPoP');
    expect(decodeJwt(second.access_token)['cnf']).toEqual({ jkt: key.thumbprint });
    expect((await refresh(second.refresh_token, key)).status).toBe(200);
  });

  test(
    cite('is refused without a proof and with one of another key, and stays valid', 'rfc9449:5:refresh'),
    async () => {
      const { obtainCode, exchange, refresh, key } = await clientWithKey();
      const { body } = await exchange(await obtainCode(), key);
      for (const by of [undefined, await newProofKey()]) {
        expect(await refresh(body.refresh_token, by)).toMatchObject({
          status: 400,
          body: { error: 'invalid_grant' },
        });
      }
      expect((await refresh(body.refresh_token, key)).status).toBe(200);
    },
  );

  test(
    cite(
      'is refused with another key at a second refresh, too, and its family continues',
      'rfc9449:5:refresh',
    ),
    async () => {
      const { obtainCode, exchange, refresh, key } = await clientWithKey();
      const { body: first } = await exchange(await obtainCode(), key);
      const { body: second } = await refresh(first.refresh_token, key);
      expect(await refresh(second.refresh_token, await newProofKey())).toMatchObject({
        status: 400,
        body: { error: 'invalid_grant' },
      });
      const { status, body: third } = await refresh(second.refresh_token, key);
      expect(status).toBe(200);
      expect(decodeJwt(third.access_token)['cnf']).toEqual({ jkt: key.thumbprint });
    },
  );

  test('stays so when its API wants bearer tokens again', async () => {
    const { obtainCode, exchange, refresh, key, change } = await clientWithKey();
    const { body } = await exchange(await obtainCode(), key);
    await change(await realmWithDpop('off'));
    expect((await refresh(body.refresh_token)).body.error).toBe('invalid_grant');
    expect((await refresh(body.refresh_token, key)).body.token_type).toBe('Bearer');
  });
});

describe('a refresh token that is bound to no key', () => {
  test('cannot be bound by another holder', async () => {
    const { obtainCode, exchange, refresh, key } = await clientWithKey();
    const { body } = await exchange(await obtainCode());
    expect((await refresh(body.refresh_token, key)).body.error).toBe('invalid_grant');
    expect((await refresh(body.refresh_token)).body.token_type).toBe('Bearer');
  });

  test.each([true, false])('is over when its API requires a key, proof or not (%s)', async (has) => {
    const { obtainCode, exchange, refresh, key, change } = await clientWithKey();
    const { body } = await exchange(await obtainCode());
    await change(await realmWithDpop('required'));
    expect((await refresh(body.refresh_token, has ? key : undefined)).body.error).toBe('invalid_grant');
  });
});

test('a client with a secret may change its key, since its refresh token is its own by the secret', async () => {
  const { preregister, token, tokenProof, obtainCodeOf, key } = await clientWithKey('required');
  const { clientId, secret } = await preregister({ authentication: { method: 'client_secret_post' } });
  const asClient = { client_id: clientId, client_secret: secret };
  const code = await obtainCodeOf(clientId);
  const exchanged = await token(
    { ...asClient, grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: VERIFIER },
    { dpop: await tokenProof() },
  );
  expect(decodeJwt(exchanged.body.access_token)['cnf']).toEqual({ jkt: key.thumbprint });
  const next = await newProofKey();
  const refreshed = await token(
    { ...asClient, grant_type: 'refresh_token', refresh_token: exchanged.body.refresh_token },
    { dpop: await tokenProof(next) },
  );
  expect(decodeJwt(refreshed.body.access_token)['cnf']).toEqual({ jkt: next.thumbprint });
  const bare = { ...asClient, grant_type: 'refresh_token', refresh_token: refreshed.body.refresh_token };
  expect((await token(bare)).body.error).toBe('invalid_dpop_proof');
});
