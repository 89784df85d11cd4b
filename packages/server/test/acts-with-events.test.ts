import { createOperator, type Operator } from '@vestibule/core/operator';
import { randomToken, sha256 } from '@vestibule/http';
import type { DynamicClient } from '@vestibule/core';
import { expect, test } from 'vitest';
import { unstoredClients } from '../src/index.ts';
import { withRegistration } from './aging.ts';
import { ADA, NOW, realmWith, setUp } from './set-up.ts';

const ALL = { limit: 100 };
const OUTAGE = Object.assign(new Error('gone'), { code: 'STORE_UNAVAILABLE' });

/** A realm with everything that an operator can act on. */
async function meet() {
  const deferred = withRegistration(realmWith(), { persistence: 'deferred' });
  const world = setUp();
  const { stores, realms, clients, audit, register, preregister, obtainCode, exchange, change } = world;
  const { realm: id, clock } = world.options;
  const { sealer } = world;
  const { clientId: acme } = await preregister({ id: 'acme' });
  await world.operator.clients.rotateSecret(ADA, id, acme);
  const app = await register();
  await exchange(app, await obtainCode(app));
  await obtainCode(app);
  const blocked = await register();
  await world.operator.clients.block(ADA, id, blocked);
  await change(deferred);
  const { record: token } = await world.operator.tokens.issue(ADA, id, { expiresAt: NOW + 1, maxUses: 1 });
  await world.operator.people.add(ADA, id, PERSON);
  const expired = await stored(world, app);
  await clients.insert({ ...expired, id: 'expired' });
  await clients.expire({ ...expired, id: 'expired', expiredAt: NOW }, 1);
  const unstored = await register();
  const opened = (await stores.grants.listOfClient(id, app, NOW, ALL)).items.find(
    ({ isUnopened }) => isUnopened !== true,
  );

  /** An operator whose log fails with every event, or with none. */
  const operatorWith = ({ isFailing }: { readonly isFailing: boolean }): Operator =>
    createOperator({
      ...stores,
      realms,
      unstoredClients: unstoredClients({ realms, sealer, clock }),
      audit: { ...audit, ...(isFailing && { record: () => Promise.reject(OUTAGE) }) },
      commit: async (changes) =>
        isFailing && changes.some(({ kind }) => kind === 'event.append')
          ? Promise.reject(OUTAGE)
          : stores.commit(changes),
      clock,
      generateToken: randomToken,
      hash: sha256,
    });

  return {
    operatorWith,
    ids: { acme, app, blocked, unstored, grant: opened?.id ?? '', token: token.id },
    eventCount: () => audit.events.length,
    /** Everything that acts change. */
    picture: async () => ({
      clients: (await clients.list(id, ALL)).items,
      expired: (await clients.listExpired(id, ALL)).items,
      grants: await stores.grants.listOfClient(id, app, NOW, ALL),
      ended: (await stores.grants.listEnded(id, 0)).toSorted(),
      realms: await realms.list(),
      people: (await stores.people.list(id, ALL)).items,
      tokens: (await stores.initialAccessTokens.list(id, ALL)).items,
    }),
  };
}

type Ids = Awaited<ReturnType<typeof meet>>['ids'];

const TERMS = {
  name: 'Other',
  redirectUris: ['https://other.example/cb'],
  authentication: { method: 'none' },
  access: [{ resource: 'https://notes.example/mcp', scopes: ['read'] }],
} as const;

const PERSON = { username: 'lin', name: 'Lin', subject: 'person-lin', passwordHash: '$argon2id$secret' };

async function stored({ clients }: ReturnType<typeof setUp>, clientId: string): Promise<DynamicClient> {
  const client = await clients.find('main', clientId);
  if (client?.kind !== 'dynamic') throw new Error(`There is no dynamic client ${clientId}.`);
  return client;
}

/** Each act, with the number of its events. */
const ACTS: readonly [
  name: string,
  act: (operator: Operator, ids: Ids) => Promise<unknown>,
  events?: number,
][] = [
  ['clients.add', ({ clients }) => clients.add(ADA, 'main', TERMS)],
  ['clients.change', ({ clients }, { acme }) => clients.change(ADA, 'main', acme, { name: 'Acme Mail' })],
  ['clients.rotateSecret', ({ clients }, { acme }) => clients.rotateSecret(ADA, 'main', acme)],
  ['clients.endOldSecrets', ({ clients }, { acme }) => clients.endOldSecrets(ADA, 'main', acme)],
  ['clients.block', ({ clients }, { app }) => clients.block(ADA, 'main', app)],
  [
    'clients.block of an unstored client',
    ({ clients }, { unstored }) => clients.block(ADA, 'main', unstored),
  ],
  ['clients.unblock', ({ clients }, { blocked }) => clients.unblock(ADA, 'main', blocked)],
  ['clients.remove', ({ clients }, { app }) => clients.remove(ADA, 'main', app)],
  ['clients.remove of an expired client', ({ clients }) => clients.remove(ADA, 'main', 'expired')],
  ['gates.set', ({ gates }) => gates.set(ADA, 'main', { gate: 'realm' }, false)],
  [
    'settings.change',
    ({ settings }) => settings.change(ADA, 'main', { set: { registration: { mode: 'both' } } }),
  ],
  ['keys.replace', ({ keys }) => keys.replace(ADA, 'main', { compromised: true })],
  ['apis.change', ({ apis }) => apis.change(ADA, 'main', 'notes', { name: 'Notebook' })],
  ['apis.issueSecret', ({ apis }) => apis.issueSecret(ADA, 'main', 'notes')],
  ['scopes.remove', ({ scopes }) => scopes.remove(ADA, 'main', 'write')],
  [
    'realms.add',
    ({ realms }) => realms.add(ADA, { id: 'other', name: 'Other', issuer: 'https://other.example' }),
  ],
  ['realms.rename', ({ realms }) => realms.rename(ADA, 'main', 'Renamed')],
  ['tokens.issue', ({ tokens }) => tokens.issue(ADA, 'main', { expiresAt: NOW + 1, maxUses: 1 })],
  ['tokens.revoke', ({ tokens }, { token }) => tokens.revoke(ADA, 'main', token)],
  [
    'people.add',
    ({ people }) => people.add(ADA, 'main', { ...PERSON, username: 'joan', subject: 'person-joan' }),
  ],
  ['people.change', ({ people }) => people.change(ADA, 'main', PERSON.subject, { name: 'Lin C.' })],
  ['people.setPassword', ({ people }) => people.setPassword(ADA, 'main', PERSON.subject, '$argon2id$other')],
  ['people.setPassword to none', ({ people }) => people.setPassword(ADA, 'main', PERSON.subject, null)],
  ['people.remove', ({ people }) => people.remove(ADA, 'main', PERSON.subject)],
  ['grants.end', ({ grants }, { grant }) => grants.end(ADA, 'main', grant)],
  ['grants.endOfClient', ({ grants }, { app }) => grants.endOfClient(ADA, 'main', app), 2],
  ['grants.endOfPerson', ({ grants }) => grants.endOfPerson(ADA, 'main', 'person-ada'), 2],
];

test.each(ACTS)('an act whose event cannot be recorded changes nothing: %s', async (_, act, events = 1) => {
  const { operatorWith, ids, picture, eventCount } = await meet();
  const [before, recorded] = [await picture(), eventCount()];
  await expect(act(operatorWith({ isFailing: true }), ids)).rejects.toBe(OUTAGE);
  expect(await picture()).toEqual(before);
  expect(eventCount()).toBe(recorded);
  await act(operatorWith({ isFailing: false }), ids);
  expect(await picture()).not.toEqual(before);
  expect(eventCount()).toBe(recorded + events);
});

test('a client that is not stored yet is removed with its event, or stays as it is', async () => {
  const { operatorWith, ids, picture, eventCount } = await meet();
  const [before, recorded] = [await picture(), eventCount()];
  const remove = (isFailing: boolean) =>
    operatorWith({ isFailing }).clients.remove(ADA, 'main', ids.unstored);
  await expect(remove(true)).rejects.toBe(OUTAGE);
  expect(await remove(false)).toBe('changed');
  expect(await remove(false)).toBe('missing');
  expect(await picture()).toEqual(before);
  expect(eventCount()).toBe(recorded + 1);
});
