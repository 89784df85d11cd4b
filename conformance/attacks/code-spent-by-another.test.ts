/**
 * Consuming another client's code: another client, or an incomplete request, presents it first, so that the client's own
 * exchange fails and the person has to start over.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-10.5 RFC 6749 §10.5}
 *
 * Taken out: packages/server/src/token/authorization-code-grant.ts: `await reads.code(presented)` → `await codes.take(realm.id, key, now)`
 * Then fails: does not consume a code that another client presents
 * Taken out: packages/server/src/token/authorization-code-grant.ts: `await reads.code(presented)` → `await codes.take(realm.id, key, now)`
 * Then fails: does not consume a code, and names the problem
 */
import { describe, expect, test } from 'vitest';
import { OPEN_SEED } from '../support/app.ts';
import { attackedApp } from './support/attacked.ts';
import { newClient } from './support/client.ts';

const apis =
  OPEN_SEED.apis?.map((api, index) => (index === 0 ? { ...api, dpop: 'offered' as const } : api)) ?? [];
const app = attackedApp({ ...OPEN_SEED, apis });

test('does not consume a code that another client presents', async () => {
  const [client, thief] = [await newClient(app()), await newClient(app())];
  const code = await client.code();
  expect(await thief.exchange(code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  expect((await client.exchange(code)).status).toBe(200);
});

describe('does not consume a code, and names the problem', () => {
  const lacking: [string, Record<string, string>, Record<string, string>, string][] = [
    ['with another API', {}, { resource: 'https://mail.example' }, 'invalid_target'],
    ['with another redirect URI', {}, { redirect_uri: 'http://127.0.0.1:4712/cb' }, 'invalid_grant'],
    ['without a verifier', {}, { code_verifier: '' }, 'invalid_request'],
  ];
  test.each(lacking)('%s', async (_, asked, fields, error) => {
    const client = await newClient(app());
    const code = await client.code(asked);
    const refused = await client.exchange(code, fields);
    expect(refused).toMatchObject({ status: 400, body: { error } });
    expect(refused.body.error_description).toMatch(/resource|redirect_uri|code_verifier/);
    expect((await client.exchange(code)).status).toBe(200);
  });
});
