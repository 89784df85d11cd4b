import { openDatabase } from '@vestibule/postgres';
import { startRecoverablePostgres } from '@vestibule/testing/recoverable-postgres';
import { randomBytes } from 'node:crypto';
import { copyFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { callMain } from '../support/call-main.ts';
import { register } from '../support/oauth.ts';
import { connectAgent, type Installation, newInstallation, refresh } from './drills.ts';

const REDIRECT_URI = 'http://localhost:8090/callback';

async function prepared(): Promise<Installation> {
  const installation = await newInstallation();
  const secret = join(installation.folder, 'secret');
  writeFileSync(secret, randomBytes(32).toString('base64url'), { mode: 0o600 });
  return installation;
}

test('a backup that is made while agents register is restored after the app is killed and its files are deleted', async () => {
  const { folder, addresses, envOf, start } = await prepared();
  const path = join(folder, 'vestibule.db');
  const app = await start(`sqlite:${path}`);
  const agent = await connectAgent(addresses);
  const issuer = addresses.issuer;
  const keys = await (await fetch(`${issuer}/connect/jwks`)).json();

  const registered: string[] = [];
  const ending = new AbortController();
  const load = Array.from({ length: 4 }, async (_, worker) => {
    for (let round = 0; !ending.signal.aborted; round += 1) {
      const name = `Agent ${worker}-${round}`;
      const { status, body } = await register(addresses, {
        redirect_uris: [REDIRECT_URI],
        client_name: name,
      });
      if (status === 201) registered.push(body.client_id);
    }
  });
  await expect.poll(() => registered.length).toBeGreaterThan(20);
  const before = [...registered];
  const file = join(folder, 'backup.db');
  expect(await callMain(['backup', file], envOf(`sqlite:${path}`))).toMatchObject({ code: 0 });
  ending.abort();
  await Promise.all(load);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(await callMain(['backup', file], envOf(`sqlite:${path}`))).toMatchObject({ code: 1 });

  app.process.kill('SIGKILL');
  await app.exit;
  for (const name of readdirSync(folder)) if (name.startsWith('vestibule.db')) rmSync(join(folder, name));
  copyFileSync(file, path);
  await start(`sqlite:${path}`);

  expect(await (await fetch(`${issuer}/connect/jwks`)).json()).toEqual(keys);
  expect(await refresh(addresses, agent)).toBe(200);
  expect((await register(addresses, { redirect_uris: [REDIRECT_URI] })).status).toBe(201);
  const list = await callMain(['clients', 'list', '--json', '--limit', '10000'], envOf(`sqlite:${path}`));
  for (const id of before) expect(list.output).toContain(id);
});

test('PostgreSQL is recovered from a base backup and archived WAL to a moment before a mistake', async () => {
  const { addresses, start } = await prepared();
  const postgres = await startRecoverablePostgres();
  onTestFinished(() => postgres.remove());
  const app = await start(postgres.url);
  await postgres.backUp();
  // It is in the archived WAL alone.
  const agent = await connectAgent(addresses);
  await postgres.markMoment('before');
  const database = await openDatabase({ url: postgres.url });
  await database.query({ text: 'DELETE FROM grants' });
  await database.close();
  expect(await refresh(addresses, agent)).toBe(400);
  app.process.kill('SIGTERM');
  await app.exit;

  await start(await postgres.recoverTo('before'));
  expect(await refresh(addresses, agent)).toBe(200);
});
