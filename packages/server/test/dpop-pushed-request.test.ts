import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { clientWithKey, newProofKey, signProof } from './proofs.ts';
import { ISSUER } from './set-up.ts';

const TOKEN = `${ISSUER}/connect/token`;

describe('a proof that comes with a pushed request', () => {
  const PAR = `${ISSUER}/connect/par`;

  async function pushing() {
    const world = await clientWithKey();
    const { server, clientId, key, nonce, newBrowser, openConsent, answer } = world;
    async function push(claims: Record<string, unknown> = {}, fields: Record<string, string> = {}) {
      const dpop = await signProof(key, { htu: PAR, nonce: await nonce(), ...claims });
      const body = new URLSearchParams(world.authorizeUrl(clientId, fields).search);
      const request = new Request(PAR, { method: 'POST', headers: { dpop }, body });
      const response = await server.pushedRequest(request, { ip: '' });
      return { status: response.status, headers: response.headers, body: await response.json() };
    }
    async function codeFor(reference: string): Promise<string> {
      const query = new URLSearchParams({ client_id: clientId, request_uri: reference });
      const url = new URL(`/connect/authorize?${query.toString()}`, ISSUER);
      const browser = newBrowser();
      const done = await answer(browser, await openConsent(browser, url), { decision: 'approve' });
      return new URL(done.view.location).searchParams.get('code') ?? '';
    }
    return { ...world, push, codeFor };
  }

  test(cite('binds the code to its key', 'rfc9449:10.1:pushed'), async () => {
    const { push, codeFor, exchange, key } = await pushing();
    const { status, body, headers } = await push();
    expect([status, headers.has('dpop-nonce')]).toEqual([201, true]);
    const stolen = await codeFor(body.request_uri);
    expect((await exchange(stolen, await newProofKey())).body.error).toBe('invalid_grant');
    const again = await push({}, { dpop_jkt: key.thumbprint });
    expect((await exchange(await codeFor(again.body.request_uri), key)).status).toBe(200);
  });

  test.each<[string, Record<string, unknown>, Record<string, string>, string]>([
    ['that is for the token endpoint', { htu: TOKEN }, {}, 'invalid_dpop_proof'],
    ['without a nonce', { nonce: undefined }, {}, 'use_dpop_nonce'],
    [cite('beside another key', 'rfc9449:10.1:agree'), {}, { dpop_jkt: 'x'.repeat(43) }, 'invalid_request'],
  ])('is refused %s', async (_, claims, fields, error) => {
    const { push } = await pushing();
    const { status, body, headers } = await push(claims, fields);
    expect([status, body.error, headers.has('dpop-nonce')]).toEqual([400, error, true]);
  });
});
