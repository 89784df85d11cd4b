import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { createAuthorizationServer } from '../src/index.ts';
import { clientWithKey, signProof } from './proofs.ts';
import { ISSUER, NOW } from './set-up.ts';

const TOKEN = `${ISSUER}/connect/token`;

describe('a nonce', () => {
  test(cite('is valid for some minutes only', 'rfc9449:4.3:nonce'), async () => {
    const { nonce, token, key, pass, clientId } = await clientWithKey();
    const given = await nonce();
    const errorWith = async (seconds: number) => {
      const dpop = await signProof(key, { htu: TOKEN, nonce: given, iat: NOW / 1_000 + seconds });
      return (await token({ client_id: clientId }, { dpop })).body.error;
    };
    expect(await errorWith(0)).toBe('invalid_request');
    pass(120);
    expect(await errorWith(120)).toBe('invalid_request');
    pass(120);
    expect(await errorWith(240)).toBe('use_dpop_nonce');
  });

  test('is refused if it is of another realm', async () => {
    const [here, there] = [await clientWithKey(), await clientWithKey()];
    const dpop = await signProof(here.key, { htu: TOKEN, nonce: await there.nonce() });
    expect((await here.token({ client_id: here.clientId }, { dpop })).body.error).toBe('use_dpop_nonce');
  });

  test('is accepted by another process', async () => {
    const { options, key, nonce, clientId } = await clientWithKey();
    const dpop = await signProof(key, { htu: TOKEN, nonce: await nonce() });
    const body = new URLSearchParams({ client_id: clientId });
    const request = new Request(TOKEN, { method: 'POST', body, headers: { dpop } });
    const response = await createAuthorizationServer(options).token(request, { ip: '' });
    expect(await response.json()).toMatchObject({ error: 'invalid_request' });
  });
});
