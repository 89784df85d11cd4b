import { temporaryFolder } from '@vestibule/testing/folder';
import { freePort } from '@vestibule/testing/port';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { OPEN_SEED } from './support/app.ts';
import { startProcess } from './support/process.ts';

test('what was answered 201 is there after a kill that follows at once', async () => {
  const folder = temporaryFolder();
  const seed = join(folder, 'seed.json');
  await writeFile(seed, JSON.stringify(OPEN_SEED));
  const port = String(await freePort());
  const issuer = `http://localhost:${port}`;
  const env = { PORT: port, DATABASE_URL: `sqlite:${join(folder, 'a.db')}`, SEED: seed, LOG_LEVEL: 'silent' };
  const registered: string[] = [];

  for (let round = 0; round < 5; round += 1) {
    const app = startProcess(['start'], env);
    await app.said('serves the realm');
    const response = await fetch(`${issuer}/connect/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ redirect_uris: ['http://localhost/cb'] }),
    });
    const body = await response.json();
    app.process.kill('SIGKILL');
    expect(response.status).toBe(201);
    registered.push(body.client_id);
    await app.exit;
  }

  const app = startProcess(['start'], env);
  await app.said('serves the realm');
  for (const clientId of registered) {
    const response = await fetch(`${issuer}/connect/authorize?client_id=${clientId}`, { redirect: 'manual' });
    expect(response.headers.get('location')).toMatch(/^http:\/\/localhost\/cb\?error=/);
  }
});
