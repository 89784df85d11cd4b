import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { readConfig } from '@vestibule/node/environment';
import { OPEN_SEED, OPERATOR_TOKEN, startApp, type TestApp } from './support/app.ts';
import { register } from './support/oauth.ts';

const metricsOf = ({ issuer }: TestApp, token?: string): Promise<Response> =>
  fetch(`${issuer}/metrics`, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });

/** Our own series, by name and labels. */
async function counts(app: TestApp): Promise<readonly string[]> {
  const text = await (await metricsOf(app, OPERATOR_TOKEN)).text();
  return text.split('\n').filter((line) => line.startsWith('vestibule_'));
}

describe('metrics', () => {
  test.each([
    ['without a token', undefined],
    ['with an empty one', ''],
    ['with another one', 'an-operator-of-nowhere-who-has-32-or-more'],
    ['with a part of it', OPERATOR_TOKEN.slice(0, -1)],
  ])('are unknown to a request %s', async (_, token) => {
    const response = await metricsOf(await startApp(), token);
    expect(response.status).toBe(401);
    expect(await response.text()).not.toContain('vestibule_');
  });

  test(cite('count what happened by the ids of errors and events', 'vestibule:policy:metrics'), async () => {
    const app = await startApp();
    await register(app, { redirect_uris: ['https://app.example/cb'], token_endpoint_auth_method: 'none' });
    await register(app, { redirect_uris: ['http://evil.example/cb'], client_name: 'vestibule_name' });
    await register(app, { redirect_uris: [] });
    await register(app, { redirect_uris: [] });
    const counted = await counts(app);
    expect(counted).toEqual(
      expect.arrayContaining([
        'vestibule_events_total{type="registration.accepted",detail=""} 1',
        'vestibule_events_total{type="registration.refused",detail="redirect-uris.http-host"} 1',
        'vestibule_events_total{type="registration.refused",detail="redirect-uris.count"} 2',
        'vestibule_policy_changes_total{rule="grant-types.supported",outcome="narrowed"} 1',
      ]),
    );
    expect(counted.join('\n')).not.toMatch(/evil|vestibule_name|app\.example/);
  });
});

test('a preview on the running app returns every rule to an operator, and registers no client', async () => {
  const app = await startApp({ ...OPEN_SEED });
  const preview = (token: string) =>
    fetch(`${app.issuer}/connect/register?preview`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ redirect_uris: ['https://evil.example/cb'], client_name: 'Claude' }),
    });
  expect((await preview('somebody')).status).toBe(401);
  const response = await preview(OPERATOR_TOKEN);
  expect(response.status).toBe(200);
  const { outcome, trace } = await response.json();
  expect(outcome).toBe('refused');
  const last = trace.at(-1);
  expect(last).toMatchObject({ rule: 'client-name.vendor', outcome: 'refused' });
  const page = await fetch(last.docs);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('id="client-name.vendor"');
  expect((await app.stores.clients.list(app.realm.id, { limit: 1 })).items).toEqual([]);
});

test.each([
  ['too short', 'x'.repeat(31)],
  ['with what a bearer token cannot hold', `${'x'.repeat(40)} `],
])('an operator token that is %s is refused at the start, and not repeated', (_, token) => {
  const attempt = (): unknown => readConfig({ OPERATOR_TOKEN: token });
  expect(attempt).toThrow(/OPERATOR_TOKEN=… must be 32 characters or more/);
  expect(attempt).not.toThrow(/xxxx/);
});
