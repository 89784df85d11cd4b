import { attach } from '@vestibule/example-agent';
import { ADA } from '@vestibule/example-issuer';
import { freePort } from '@vestibule/testing/port';
import { describe, expect, onTestFinished, test } from 'vitest';
import { start } from '../src/start.ts';

describe.each(['v1', 'v2'] as const)('an MCP server with version %s of the official SDK', (version) => {
  async function startServer() {
    const started = await start(version, await freePort(), await freePort());
    onTestFinished(started.stop);
    return started;
  }

  test('tells an unknown agent with its first response where to get a token', async () => {
    const { resource } = await startServer();
    const refused = await fetch(resource, { method: 'POST' });
    const challenge = refused.headers.get('www-authenticate') ?? '';
    expect([refused.status, challenge]).toEqual([401, expect.stringContaining('resource_metadata=')]);
  });

  test('knows for whom an agent acts that registered, and whose person approved', async () => {
    const { resource } = await startServer();
    const agent = await attach({ server: new URL(resource), person: ADA });
    expect(await agent.call('who')).toEqual({ text: expect.stringMatching(/^[\w-]+$/), failed: false });
    await agent.close();
  });

  test('refuses a token that its issuer did not issue', async () => {
    const { resource } = await startServer();
    const headers = { authorization: 'Bearer forged' };
    const refused = await fetch(resource, { method: 'POST', headers });
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringContaining('error="invalid_token"'),
    ]);
  });
});

test('responds with 503 while the keys of the issuer cannot be read, because the token may be valid', async () => {
  const { resource, stop, stopIssuer } = await start('v2', await freePort(), await freePort());
  onTestFinished(stop);
  await stopIssuer();
  const parts = [{ alg: 'ES256', typ: 'at+jwt', kid: 'unknown' }, {}].map((part) => JSON.stringify(part));
  const token = [...parts.map((part) => Buffer.from(part).toString('base64url')), 'signature'].join('.');
  const headers = { authorization: `Bearer ${token}` };
  expect((await fetch(resource, { method: 'POST', headers })).status).toBe(503);
});
