import { fixtures } from '@vestibule/client-fixtures';
import { freePort } from '@vestibule/testing/port';
import { temporaryFolder } from '@vestibule/testing/folder';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { start } from '../src/start.ts';

const APP = { client_name: 'Agent', redirect_uris: ['https://agent.example/callback'] };

async function startApplication() {
  const file = join(temporaryFolder(), 'application.db');
  let passed = 0;
  let running = await start(await freePort(), file, () => Date.now() + passed);
  onTestFinished(() => running.stop());
  return {
    pass: (seconds: number) => void (passed += seconds * 1_000),
    sweep: () => running.sweep(),
    async restart() {
      await running.stop();
      running = await start(await freePort(), file, () => Date.now() + passed);
    },
    async register(body: object) {
      const response = await fetch(`${running.url}/connect/register`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const { client_id: id, ...rest }: Record<string, unknown> = Object(await response.json());
      return { status: response.status, id, rest };
    },
  };
}

test.each(fixtures.map(({ id, registration }) => [id, registration] as const))(
  '%s can register',
  async (_, body) => {
    const { register } = await startApplication();
    expect(await register(body)).toMatchObject({ status: 201, rest: { token_endpoint_auth_method: 'none' } });
  },
);

test.each([
  ['client_credentials', { ...APP, grant_types: ['client_credentials'] }, '[grant-types.client-credentials]'],
  ['a reserved name', { ...APP, client_name: 'Acme' }, '[client-name.reserved]'],
  ['a redirect URI without TLS', { redirect_uris: ['http://agent.example/cb'] }, '[redirect-uris.http-host]'],
])('refuses %s and names the rule', async (_, body, rule) => {
  const { register } = await startApplication();
  const { status, rest } = await register(body);
  expect([status, rest['error_description']]).toEqual([400, expect.stringContaining(rule)]);
});

test('an app that registers again gets the same client, also after a restart', async () => {
  const { register, restart } = await startApplication();
  const { id } = await register(APP);
  await restart();
  expect((await register(APP)).id).toBe(id);
});

test('limits survive a restart', async () => {
  const { register, restart } = await startApplication();
  const statusOf = async (number: number) =>
    (await register({ ...APP, client_name: `Agent ${number}` })).status;
  const statuses = [];
  for (let number = 0; statuses.at(-1) !== 429 && number < 100; number += 1) {
    statuses.push(await statusOf(number));
  }
  expect(statuses.at(-1)).toBe(429);
  await restart();
  expect(await statusOf(100)).toBe(429);
});

test('deletes a client that was never used, so that the same app gets a new one', async () => {
  const { register, pass, sweep } = await startApplication();
  const { id } = await register(APP);
  pass(8 * 86_400);
  await sweep();
  expect((await register(APP)).id).not.toBe(id);
});
