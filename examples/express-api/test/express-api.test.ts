import { obtainToken } from '@vestibule/example-agent';
import { ADA } from '@vestibule/example-issuer';
import { freePort } from '@vestibule/testing/port';
import { expect, onTestFinished, test } from 'vitest';
import { start } from '../src/start.ts';

async function startApi() {
  let passed = 0;
  const started = await start(await freePort(), await freePort(), () => Date.now() + passed);
  onTestFinished(started.stop);
  const ask = (init: RequestInit, token?: string) =>
    fetch(started.resource, {
      ...init,
      ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }),
    });
  return { ...started, ask, pass: (seconds: number) => void (passed += seconds * 1_000) };
}

test('an unknown client learns from the challenge where to get a token', async () => {
  const { ask, issuer, resource } = await startApi();
  const refused = await ask({});
  expect(refused.status).toBe(401);
  const [, metadataUrl = ''] =
    /resource_metadata="([^"]+)"/.exec(refused.headers.get('www-authenticate') ?? '') ?? [];
  expect(await (await fetch(metadataUrl)).json()).toMatchObject({
    resource,
    resource_name: 'Orders',
    authorization_servers: [issuer],
    scopes_supported: ['orders:read', 'orders:write'],
  });
});

test('an agent reads with one scope, and is told which scope it lacks to write', async () => {
  const { ask, resource } = await startApi();
  const { token } = await obtainToken({ server: new URL(resource), person: ADA, scope: 'orders:read' });
  const read = await ask({}, token);
  expect([read.status, await read.json()]).toEqual([200, []]);
  const refused = await ask({ method: 'POST', body: 'tea' }, token);
  expect(refused.status).toBe(403);
  expect(refused.headers.get('www-authenticate')).toMatch(
    /error="insufficient_scope".*scope="orders:read orders:write"/,
  );
});

test('an agent with both scopes places an order, until its token is revoked', async () => {
  const { ask, issuer, resource, pass } = await startApi();
  const { token, clientId } = await obtainToken({ server: new URL(resource), person: ADA });
  expect((await ask({ method: 'POST', body: 'tea' }, token)).status).toBe(201);
  expect(await (await ask({}, token)).json()).toEqual(['tea']);

  const body = new URLSearchParams({ token, client_id: clientId });
  expect((await fetch(`${issuer}/connect/revoke`, { method: 'POST', body })).status).toBe(200);
  pass(30);
  const refused = await ask({}, token);
  expect(refused.status).toBe(401);
  expect(refused.headers.get('www-authenticate')).toContain('error="invalid_token"');
});
