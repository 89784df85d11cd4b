import type { DpopPolicy } from '@vestibule/core/realm';
import { decodeJwt } from 'jose';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { USERINFO } from './apis.ts';
import { clientWithKey, newProofKey, type ProofKey, signProof } from './proofs.ts';
import { CALLBACK, ISSUER, VERIFIER } from './set-up.ts';

const TOKEN = `${ISSUER}/connect/token`;

describe('a proof at the exchange of a code', () => {
  test.each<[DpopPolicy, boolean, string]>([
    ['off', true, 'Bearer'],
    ['off', false, 'Bearer'],
    ['offered', true, 'DPoP'],
    ['offered', false, 'Bearer'],
    ['required', true, 'DPoP'],
  ])(
    cite(
      'where the API has it %s, and there is one (%s), gives a token of type %s',
      'rfc9449:5:token-type',
      'rfc9449:5:off',
      'rfc9449:6.1:cnf',
    ),
    async (policy, has, type) => {
      const { obtainCode, exchange, key } = await clientWithKey(policy);
      const { status, body, headers } = await exchange(await obtainCode(), has ? key : undefined);
      expect([status, body.token_type]).toEqual([200, type]);
      expect(decodeJwt(body.access_token)['cnf']).toEqual(
        type === 'DPoP' ? { jkt: key.thumbprint } : undefined,
      );
      expect(headers.has('dpop-nonce')).toBe(has);
    },
  );

  test(cite('is needed where the API requires it', 'rfc9449:5:required'), async () => {
    const { obtainCode, exchange, key } = await clientWithKey('required');
    const code = await obtainCode();
    expect(await exchange(code)).toMatchObject({ status: 400, body: { error: 'invalid_dpop_proof' } });
    expect((await exchange(code, key)).status).toBe(200);
  });

  test(
    cite(
      'gets no token if it is invalid, and does not consume the code',
      'rfc9449:5:invalid-proof',
      'rfc9449:8:nonce',
      'rfc9449:4.3:nonce',
    ),
    async () => {
      const { obtainCode, exchange, key, token, tokenProof, clientId } = await clientWithKey();
      const code = await obtainCode();
      const fields = {
        grant_type: 'authorization_code',
        client_id: clientId,
        code,
        redirect_uri: CALLBACK,
        code_verifier: VERIFIER,
      };
      const bad: [string, string][] = [
        ['invalid_dpop_proof', await tokenProof(key, { htu: USERINFO })],
        ['invalid_dpop_proof', await tokenProof(key, { htm: 'GET' })],
        ['use_dpop_nonce', await tokenProof(key, { nonce: 'guess' })],
        ['use_dpop_nonce', await signProof(key, { htu: TOKEN })],
      ];
      for (const [error, dpop] of bad) {
        const refused = await token(fields, { dpop });
        expect(refused).toMatchObject({ status: 400, body: { error } });
        expect(refused.headers.get('dpop-nonce')).toMatch(/^[\w-]{43}$/);
        expect(refused.headers.get('cache-control')).toBe('no-store');
      }
      expect((await exchange(code, key)).status).toBe(200);
    },
  );

  test('is for the address of the issuer, whatever host the request names', async () => {
    const { server, tokenProof, key, clientId } = await clientWithKey();
    const answers = await Promise.all(
      [{}, { htu: 'https://evil.example/connect/token' }].map(async (claims) => {
        const dpop = await tokenProof(key, claims);
        const body = new URLSearchParams({ client_id: clientId, grant_type: 'authorization_code' });
        const headers = { dpop, host: 'evil.example', 'x-forwarded-host': 'evil.example' };
        const request = new Request('https://evil.example/connect/token', { method: 'POST', body, headers });
        return (await server.token(request, { ip: '' })).json();
      }),
    );
    expect(answers).toMatchObject([{ error: 'invalid_request' }, { error: 'invalid_dpop_proof' }]);
  });

  test(cite('is accepted once of many concurrent uses', 'rfc9449:11.1:replay'), async () => {
    const { token, tokenProof, clientId, exchange, obtainCode, key } = await clientWithKey();
    const { body } = await exchange(await obtainCode(), key);
    const fields = { client_id: clientId, grant_type: 'refresh_token', refresh_token: body.refresh_token };
    const dpop = await tokenProof();
    const answers = await Promise.all(Array.from({ length: 10 }, () => token(fields, { dpop })));
    const refused = answers.filter((answer) => answer.body.error === 'invalid_dpop_proof');
    const granted = answers.filter(({ status }) => status === 200);
    expect([refused.length, granted.length]).toEqual([9, 1]);
  });

  test('does not use up the proof of another key with the same jti', async () => {
    const { obtainCode, token, tokenProof, clientId, key } = await clientWithKey();
    for (const by of [await newProofKey(), key]) {
      const fields = { grant_type: 'authorization_code', client_id: clientId, redirect_uri: CALLBACK };
      const code = { code: await obtainCode(), code_verifier: VERIFIER };
      const dpop = await tokenProof(by, { jti: 'same' });
      expect((await token({ ...fields, ...code }, { dpop })).status).toBe(200);
    }
  });
});

describe('a code that was asked for with a key', () => {
  test.each<
    [
      string,
      (world: Awaited<ReturnType<typeof clientWithKey>>) => ProofKey | undefined | Promise<ProofKey>,
      number,
    ]
  >([
    ['its key', ({ key }) => key, 200],
    ['another key', () => newProofKey(), 400],
    ['no key', () => undefined, 400],
  ])(cite('is exchanged with a proof of %s: %s', 'rfc9449:10:jkt'), async (_, keyOf, status) => {
    for (const policy of ['off', 'offered', 'required'] as const) {
      const world = await clientWithKey(policy);
      const { obtainCode, exchange, key } = world;
      const code = await obtainCode({ dpop_jkt: key.thumbprint });
      const by = await keyOf(world);
      expect((await exchange(code, by)).status).toBe(status);
      // A request without the proof leaves the code usable for the holder of the key.
      if (status !== 200) expect((await exchange(code, key)).status).toBe(200);
    }
  });
});
