import { createClientSweeper } from '@vestibule/core';
import { AgentMemory } from '@vestibule/example-agent';
import { cite } from '@vestibule/requirements';
import { afterAll, describe, expect, test } from 'vitest';
import { OPEN_SEED, type SeedFile, startApp } from './support/app.ts';
import { LOCATIONS, stopPostgres } from './support/kinds.ts';
import { type Official, v1, v2 } from './support/official.ts';

afterAll(stopPostgres);

const REDIRECT_URI = 'http://localhost:8090/callback';
const DAY = 86_400;

/** Refresh tokens that outlive the period after which a client is hibernated. */
const LASTING: SeedFile = {
  ...OPEN_SEED,
  realm: {
    ...OPEN_SEED.realm,
    settings: { ...OPEN_SEED.realm.settings, lifetimes: { refreshToken: 1_000 * DAY } },
  },
};

/** An app with a clock that the test sets, and a connected agent. */
async function setUp(
  locate: (typeof LOCATIONS)[number][1],
  official: Official,
  seed: SeedFile,
  metadata: object = {},
) {
  let now = Date.now();
  const clock = (): number => now;
  const app = await startApp(seed, clock, await locate());
  const { stores, realm } = app;
  const memory = new AgentMemory('Official', REDIRECT_URI);
  Object.assign(memory.clientMetadata, metadata);
  await (await official.attach(app, memory)).close();
  const clientId = memory.clientInformation()?.client_id ?? '';
  const sweeper = createClientSweeper({ ...stores, clock, holder: 'the test' });
  return {
    memory,
    clientId,
    /** The agent returns and calls the tool: the result of the tool. */
    async comeBack(): Promise<unknown> {
      // An access token is valid for minutes.
      const tokens = memory.tokens();
      if (tokens !== undefined) memory.saveTokens({ ...tokens, access_token: 'expired' });
      const { call, close } = await official.attach(app, memory);
      const answer = await call('list_notes');
      await close();
      return answer;
    },
    async hibernateAfter(days: number): Promise<void> {
      now += days * DAY * 1000;
      expect(await sweeper.sweep(realm.id, 100)).toMatchObject({ hibernated: 1 });
    },
    stored: () => stores.clients.find(realm.id, clientId),
    remove: () => stores.clients.remove(realm.id, clientId),
    events: async (type: string) => {
      const { items } = await stores.audit.list(realm.id, { limit: 100 });
      return items.filter((event) => event.type === type);
    },
    clientIds: async () => (await stores.clients.list(realm.id, { limit: 100 })).items.map(({ id }) => id),
  };
}

const NOTES = { content: [{ text: expect.stringContaining('Water the ferns') }] };

const CASES = LOCATIONS.flatMap(([kind, locate]) => [
  [`the official client v1, over ${kind}`, v1, locate] as const,
  [`the official client v2, over ${kind}`, v2, locate] as const,
]);

describe.each(CASES)('%s', (_, official, locate) => {
  test.each<[string, number, object, (memory: AgentMemory) => void]>([
    ['without a refresh token', 91, { grant_types: ['authorization_code'] }, () => undefined],
    ['without a refresh token', 450, { grant_types: ['authorization_code'] }, () => undefined],
    ['after it signed out', 200, {}, (memory) => memory.invalidateCredentials('tokens')],
  ])(
    cite(
      '%s comes back after %i days, keeps its id, and simply works again',
      'vestibule:lifecycle:official-revives',
      'vestibule:lifecycle:revived',
    ),
    async (_title, days, metadata, prepare) => {
      const world = await setUp(locate, official, OPEN_SEED, metadata);
      const { memory, clientId, comeBack, hibernateAfter, stored, events, clientIds } = world;
      prepare(memory);
      await hibernateAfter(days);
      expect(await comeBack()).toMatchObject(NOTES);
      expect(memory.clientInformation()?.client_id).toBe(clientId);
      expect(await clientIds()).toEqual([clientId]);
      expect(await stored()).not.toHaveProperty('registration.hibernatedAt');
      expect(await events('client.revived')).toEqual([expect.objectContaining({ clientId })]);
      expect(await events('registration.accepted')).toHaveLength(1);

      expect(await comeBack()).toMatchObject(NOTES);
      expect(await events('client.revived')).toHaveLength(1);
    },
  );

  test(
    cite(
      'comes back with one consent if it still has a refresh token, and keeps its id',
      'vestibule:lifecycle:official-revives',
      'vestibule:lifecycle:token-endpoint',
    ),
    async () => {
      const world = await setUp(locate, official, LASTING);
      const { memory, clientId, comeBack, hibernateAfter, stored, events, clientIds } = world;
      await hibernateAfter(91);
      expect(await comeBack()).toMatchObject(NOTES);
      expect(memory.clientInformation()?.client_id).toBe(clientId);
      expect(await clientIds()).toEqual([clientId]);
      expect(await stored()).not.toHaveProperty('registration.hibernatedAt');
      expect(await events('token.refused')).toEqual([
        expect.objectContaining({ clientId, error: 'invalid_grant' }),
      ]);
      expect(await events('registration.accepted')).toHaveLength(1);
      expect(await events('client.revived')).toEqual([expect.objectContaining({ clientId })]);
      expect(await events('consent.approved')).toHaveLength(2);

      expect(await comeBack()).toMatchObject(NOTES);
      expect(await events('consent.approved')).toHaveLength(2);
    },
  );

  test(
    cite(
      'registers again by itself after an operator deleted it',
      'vestibule:lifecycle:official-registers-anew',
    ),
    async () => {
      const world = await setUp(locate, official, LASTING);
      const { memory, clientId, comeBack, remove, events, clientIds } = world;
      await remove();
      expect(await comeBack()).toMatchObject(NOTES);
      const anew = memory.clientInformation()?.client_id ?? '';
      expect(anew).not.toBe(clientId);
      expect(await clientIds()).toEqual([anew]);
      expect(await events('token.refused')).toEqual([expect.objectContaining({ error: 'invalid_client' })]);
      expect(await events('registration.accepted')).toHaveLength(2);
    },
  );
});

describe.each(CASES)('%s, whose first sign-in was abandoned', (_, official, locate) => {
  /** An agent that registered and sent its person to sign in; an hour passed, and the sweep ran. */
  async function abandoned(metadata: object = {}) {
    let now = Date.now();
    const clock = (): number => now;
    const app = await startApp(OPEN_SEED, clock, await locate());
    const { stores, realm } = app;
    const memory = new AgentMemory('Official', REDIRECT_URI);
    Object.assign(memory.clientMetadata, metadata);
    await official.begin(app, memory);
    const clientId = memory.clientInformation()?.client_id ?? '';
    now += 2 * 3_600_000;
    const sweeper = createClientSweeper({ ...stores, clock, holder: 'the test' });
    expect(await sweeper.sweep(realm.id, 100)).toMatchObject({ unused: 1 });
    expect(await stores.clients.find(realm.id, clientId)).toBeUndefined();
    return { app, memory, clientId, stores, realm };
  }

  test(
    cite(
      'works after lunch: one consent restores its client under the id it has',
      'vestibule:lifecycle:official-restored',
      'vestibule:lifecycle:restored',
    ),
    async () => {
      const { app, memory, clientId, stores, realm } = await abandoned();
      const { call, close } = await official.attach(app, memory);
      expect(await call('list_notes')).toMatchObject(NOTES);
      await close();
      expect(memory.clientInformation()?.client_id).toBe(clientId);
      expect((await stores.clients.list(realm.id, { limit: 9 })).items.map(({ id }) => id)).toEqual([
        clientId,
      ]);
      expect((await stores.clients.listExpired(realm.id, { limit: 9 })).items).toEqual([]);
      const { items } = await stores.audit.list(realm.id, { limit: 100 });
      const types = items.map(({ type }) => type);
      expect(types.filter((type) => type === 'registration.accepted')).toHaveLength(1);
      expect(types.filter((type) => type === 'client.restored')).toHaveLength(1);
    },
  );

  test(
    cite('stays away once an operator deleted what was kept', 'vestibule:lifecycle:never-restored'),
    async () => {
      const { app, memory, clientId, stores, realm } = await abandoned();
      expect(await stores.clients.remove(realm.id, clientId)).toBe('removed');
      await official.begin(app, memory);
      const response = await fetch(memory.authorizationUrl ?? app.notes, { redirect: 'manual' });
      expect(response.status).toBe(400);
      expect(await response.text()).toContain('This app is not known here');
    },
  );
});
