import { expect, test } from 'vitest';
import { createAuthorizationServer } from '../src/index.ts';
import { clientWithKey, signProof } from './proofs.ts';
import { CALLBACK, ISSUER, NOTES, setUp, VERIFIER } from './set-up.ts';

/** Requests any path of the server's origin. */
async function ask(
  world: Pick<ReturnType<typeof setUp>, 'options'>,
  path: string,
  fields: Record<string, string>,
  headers = {},
) {
  const server = createAuthorizationServer({ ...world.options, tokenAliases: ['/token'] });
  const route = server.routes.find((candidate) => candidate.path === path);
  const request = new Request(`${ISSUER}${path}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers,
  });
  const response = await route?.endpoint(request, { ip: '192.0.2.1' });
  return { status: response?.status, headers: response?.headers, body: await response?.json() };
}

test('an alias of the token endpoint exchanges codes, refreshes, and can be read by pages', async () => {
  const world = setUp();
  const clientId = await world.register();
  const code = await world.obtainCode(clientId);
  const exchanged = await ask(world, '/token', {
    grant_type: 'authorization_code',
    client_id: clientId,
    code,
    redirect_uri: CALLBACK,
    code_verifier: VERIFIER,
    resource: NOTES,
  });
  expect(exchanged).toMatchObject({ status: 200, body: { token_type: 'Bearer' } });
  expect(exchanged.headers?.get('access-control-allow-origin')).toBe('*');
  const refresh = {
    grant_type: 'refresh_token',
    client_id: clientId,
    refresh_token: exchanged.body.refresh_token,
  };
  expect(await ask(world, '/token', refresh)).toMatchObject({ status: 200 });
});

test('an alias takes proofs for its own address, and the token endpoint takes none for the alias', async () => {
  const world = await clientWithKey();
  const fields = { grant_type: 'refresh_token', client_id: world.clientId, refresh_token: 'unknown' };
  const nonce = await world.nonce();
  const proof = (path: string) => signProof(world.key, { htu: `${ISSUER}${path}`, nonce });
  const errorOf = async (asked: string, of: string): Promise<unknown> =>
    (await ask(world, asked, fields, { dpop: await proof(of) })).body.error;
  expect(await errorOf('/token', '/token')).toBe('invalid_grant');
  expect(await errorOf('/token', '/connect/token')).toBe('invalid_dpop_proof');
  expect(await errorOf('/connect/token', '/token')).toBe('invalid_dpop_proof');
  expect(await errorOf('/connect/token', '/connect/token')).toBe('invalid_grant');
});

test('there is no alias unless one is named', () => {
  expect(setUp().server.routes.map(({ path }) => path)).not.toContain('/token');
});
