import { temporaryFolder } from '@vestibule/testing/folder';
import { startOwnPostgres } from '@vestibule/testing/own-postgres';
import { freePort } from '@vestibule/testing/port';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { OPEN_SEED } from './support/app.ts';
import { approve, authorizeUrl, exchange, register, token } from './support/oauth.ts';
import { startProcess } from './support/process.ts';

const REDIRECT_URI = 'http://localhost:8090/callback';

test('during an outage of its database an app responds so everywhere, and works again afterwards', async () => {
  const postgres = await startOwnPostgres();
  onTestFinished(() => postgres.remove());
  const port = await freePort();
  const issuer = `http://localhost:${port}`;
  const app = { issuer, notes: new URL('/mcp', issuer) };
  const seed = join(temporaryFolder(), 'seed.json');
  await writeFile(seed, JSON.stringify(OPEN_SEED));
  const running = startProcess(['start'], { PORT: String(port), DATABASE_URL: postgres.url, SEED: seed });
  await running.said('serves the realm');

  const ready = () => fetch(`${issuer}/readyz`);
  expect((await ready()).status).toBe(200);
  const { body: client } = await register(app, { redirect_uris: [REDIRECT_URI] });
  const url = authorizeUrl(app, client.client_id, { redirect_uri: REDIRECT_URI });
  const first = await exchange(app, client.client_id, REDIRECT_URI, await approve(url));
  const arrived = await approve(url);

  await postgres.stop();
  const refreshing = { grant_type: 'refresh_token', client_id: client.client_id };
  const away = [
    await ready(),
    await fetch(url, { redirect: 'manual' }),
    await fetch(`${issuer}/connect/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ redirect_uris: [REDIRECT_URI] }),
    }),
    await fetch(`${issuer}/connect/jwks`),
    await fetch(`${issuer}/.well-known/oauth-authorization-server`),
    await fetch(app.notes, { headers: { authorization: `Bearer ${first.body.access_token}` } }),
  ];
  for (const response of away) {
    expect(response.status).toBe(503);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await response.text()).not.toMatch(/postgres|ECONN/i);
  }
  expect(await exchange(app, client.client_id, REDIRECT_URI, arrived)).toMatchObject({
    status: 503,
    body: { error: 'temporarily_unavailable' },
  });
  expect(await token(app, { ...refreshing, refresh_token: first.body.refresh_token })).toMatchObject({
    status: 503,
  });
  expect((await fetch(`${issuer}/healthz`)).status).toBe(200);

  await postgres.start();
  expect((await ready()).status).toBe(200);
  // The failed requests had no partial effect: the code and the token are still valid.
  expect(await exchange(app, client.client_id, REDIRECT_URI, arrived)).toMatchObject({ status: 200 });
  expect(await token(app, { ...refreshing, refresh_token: first.body.refresh_token })).toMatchObject({
    status: 200,
  });
  expect(running.output()).not.toContain('postgres:postgres');
});
