/**
 * A revoked token that is accepted again when it expires: an API accepts tokens for a few seconds past their `exp`, because
 * clocks differ, while the revocation was just deleted.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4 RFC 7519 §4.1.4}
 * @see {@link https://www.rfc-editor.org/rfc/rfc7009#section-2 RFC 7009 §2}
 *
 * Taken out: packages/server/src/endpoints/revocation-list.ts: `const until = forgettableUntil(clock());` → `const until = clock();`
 * Then fails: never accepts a token again at an API with the list
 * Taken out: packages/node/src/upkeep/sweeping.ts: `stores.sweep(forgettableUntil(now), limit)` → `stores.sweep(now, limit)`
 * Then fails: never accepts a token again at an API with the list
 * Taken out: packages/node/src/upkeep/sweeping.ts: `stores.sweep(forgettableUntil(now), limit)` → `stores.sweep(now, limit)`
 * Then fails: never accepts a token again at the API beside the server
 * Taken out: packages/server/src/endpoints/revoke.ts: `const now = forgettableUntil(clock());` → `const now = clock();`
 * Then fails: revokes a token while an API may accept it
 */
import { createResourceServer } from '@vestibule/resource-server';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { storeSweeper } from '@vestibule/node';
import { apiSecret } from './support/api.ts';
import { attackedApp } from './support/attacked.ts';
import { OPEN_SEED } from '../support/app.ts';
import { type AttackClient, newClient } from './support/client.ts';

let stopped: number | undefined;
const app = attackedApp(OPEN_SEED, { clock: () => stopped ?? Date.now() });
afterEach(() => (stopped = undefined));

let secret: string;
beforeAll(async () => {
  secret = await apiSecret(app(), 'notes');
});

/** Whether an API that verifies tokens locally, with a clock that is behind by `behind` seconds, accepts this one. */
async function acceptedWithList(token: string, behind = 0): Promise<boolean> {
  const { admit } = createResourceServer({
    issuer: app().realm.issuer,
    resource: app().notes.href,
    revocations: { credentials: { id: 'notes', secret } },
    clock: () => (stopped ?? Date.now()) - behind * 1_000,
  });
  const headers = { authorization: `Bearer ${token}` };
  return (await admit(new Request(app().notes, { method: 'POST', headers }), [])).ok;
}

async function acceptedBeside(token: string): Promise<boolean> {
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(app().notes, { method: 'POST', body: '{}', headers })).status !== 401;
}

const sweep = () => storeSweeper(app().stores).sweep(stopped ?? Date.now(), 1_000);

const expiryOf = (token: string): number =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).exp * 1_000;

async function revoke({ id }: AttackClient, token: string): Promise<void> {
  const body = new URLSearchParams({ token, client_id: id });
  expect((await fetch(`${app().issuer}/connect/revoke`, { method: 'POST', body })).status).toBe(200);
}

const endGrants = async ({ id }: AttackClient): Promise<unknown> =>
  app().stores.grants.endAll(app().realm.id, id, stopped ?? Date.now());

const ENDS: [string, object, (client: AttackClient, token: string) => Promise<unknown>][] = [
  ['that was revoked', {}, revoke],
  ['whose grant ended', {}, endGrants],
  ['whose grant ended, which expires along with it', { grant_types: ['authorization_code'] }, endGrants],
];

/** Seconds around the expiry, by the clock of the server. */
const AROUND = [-1, 0, 0.3, 4.4, 4.9, 9.9, 20, 59, 61];

describe.each(ENDS)('a token %s', (_, metadata, end) => {
  async function ended(): Promise<string> {
    const client = await newClient(app(), undefined, metadata);
    const { access_token: token } = await client.tokens();
    expect(await acceptedWithList(token)).toBe(true);
    expect(await acceptedBeside(token)).toBe(true);
    await end(client, token);
    return token;
  }

  test.each([0, 5])(
    'never accepts a token again at an API with the list: its clock is %i s behind',
    async (behind) => {
      const token = await ended();
      for (const seconds of AROUND) {
        stopped = expiryOf(token) + seconds * 1_000;
        await sweep();
        expect([seconds, await acceptedWithList(token, behind)]).toEqual([seconds, false]);
      }
    },
  );

  test('never accepts a token again at the API beside the server', async () => {
    const token = await ended();
    for (const seconds of AROUND) {
      stopped = expiryOf(token) + seconds * 1_000;
      await sweep();
      expect([seconds, await acceptedBeside(token)]).toEqual([seconds, false]);
    }
  });
});

test.each([0, 4, 9])('revokes a token while an API may accept it: %i s past its expiry', async (past) => {
  const client = await newClient(app());
  const { access_token: token } = await client.tokens();
  stopped = expiryOf(token) + past * 1_000;
  expect(await acceptedWithList(token, 5)).toBe(true);
  await revoke(client, token);
  expect(await acceptedWithList(token, 5)).toBe(false);
});
