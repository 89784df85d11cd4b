import { expect, test } from 'vitest';
import { codeKey } from '../src/grant/code.ts';
import { setUp } from './set-up.ts';

test('a code that the version before issued, with the members of its grant, is exchanged as any other', async () => {
  const world = setUp();
  const clientId = await world.register();
  const code = await world.obtainCode(clientId, { scope: 'read' });
  const key = codeKey(code);
  const now = world.options.clock();
  const stored = await world.stores.codes.find('main', key, now);
  const grant = await world.stores.grants.findUnopened('main', stored?.grantId ?? '');
  const client = await world.clients.find('main', clientId);
  if (stored === undefined || grant === undefined || client === undefined) {
    throw new Error('There is no code.');
  }
  const { subject, resource, scopes, authentication } = grant;
  const before = { ...stored, clientId, subject, resource, scopes, authentication };
  // In another database, because a key is never used twice.
  const updated = setUp();
  await updated.clients.insert(client);
  await updated.stores.grants.insert(grant);
  await updated.stores.codes.put('main', key, before, now + 60_000);
  expect(await updated.exchange(clientId, code)).toMatchObject({
    status: 200,
    body: { scope: 'read', refresh_token: expect.any(String) },
  });
});

test('a code holds nothing of what its grant holds', async () => {
  const world = setUp();
  const code = await world.obtainCode(await world.register(), { nonce: 'n' });
  const stored = await world.stores.codes.find('main', codeKey(code), world.options.clock());
  expect(Object.keys(stored ?? {}).toSorted()).toEqual([
    'codeChallenge',
    'grantId',
    'nonce',
    'redirectUri',
    'refreshable',
  ]);
});
