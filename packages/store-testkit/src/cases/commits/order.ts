import { strict as assert } from 'node:assert';
import type { Change, Unmet } from '@vestibule/server';
import { times } from '../../check/times.ts';
import { connectionCase, type StoreCase, storeCase } from '../../harness/case.ts';
import { grant } from '../../sample/grant.ts';
import { HERE } from '../../sample/place.ts';
import { event } from '../../sample/event.ts';
import { NOW } from '../../sample/time.ts';
import { clientWith, idsOf, printed } from '../clients/registered.ts';
import { MAIN, openFamily, rotation } from '../grants/family.ts';
import {
  append,
  APPROVED,
  consumeCode,
  consumeRequest,
  decide,
  DENIED,
  endGrant,
  IMPOSSIBLE,
  insertClient,
  insertCode,
  insertInteraction,
  noteReplay,
  openGrant,
  pushRequest,
  reserve,
} from './changes.ts';
import { pictureOf } from './picture.ts';

const ONE = clientWith('one');

/** Changes of which the last one fails because of those before it. */
const SEEN: Readonly<Record<string, readonly [changes: readonly Change[], unmet: Unmet]>> = {
  'client-inserted': [
    [insertClient(ONE), insertClient({ ...ONE, name: 'other' })],
    { kind: 'client.insert', reason: 'exists' },
  ],
  'client-duplicate': [
    [insertClient(printed('one', NOW + 1)), insertClient(printed('two', NOW + 2), { duplicateSince: NOW })],
    { kind: 'client.insert', reason: 'duplicate', client: printed('one', NOW + 1) },
  ],
  'client-active': [
    [insertClient(ONE, { mostActive: 1 }), insertClient(clientWith('two'), { mostActive: 1 })],
    { kind: 'client.insert', reason: 'full' },
  ],
  'client-replaced': [
    [
      insertClient(ONE),
      { kind: 'client.replace', client: { ...ONE, name: 'a' }, expectedVersion: 1 },
      { kind: 'client.replace', client: { ...ONE, name: 'b' }, expectedVersion: 1 },
    ],
    { kind: 'client.replace', reason: 'stale' },
  ],
  'client-used': [
    [
      insertClient(ONE),
      { kind: 'client.use', realm: 'main', id: 'one', at: NOW },
      { kind: 'client.remove', realm: 'main', id: 'one', expectedVersion: 1 },
    ],
    { kind: 'client.remove', reason: 'stale' },
  ],
  'client-expired': [
    [
      insertClient(ONE),
      { kind: 'client.expire', expired: { ...ONE, expiredAt: NOW }, expectedVersion: 1 },
      { kind: 'client.expire', expired: { ...ONE, expiredAt: NOW }, expectedVersion: 1 },
    ],
    { kind: 'client.expire', reason: 'missing' },
  ],
  'quota-used': [
    [reserve('one', { uses: 1 }), reserve('one', { uses: 1 })],
    { kind: 'quota.reserve', retryAfter: 60 },
  ],
  'interaction-inserted': [[insertInteraction(), insertInteraction()], { kind: 'interaction.insert' }],
  'interaction-decided': [
    [insertInteraction(), decide(DENIED), decide(APPROVED)],
    { kind: 'interaction.decide', reason: 'decided', decision: DENIED },
  ],
  'pushed-request-inserted': [[pushRequest(), pushRequest()], { kind: 'pushed-request.insert' }],
  'pushed-request-consumed': [
    [pushRequest(), consumeRequest(), pushRequest()],
    { kind: 'pushed-request.insert' },
  ],
  'code-inserted': [[insertCode(), insertCode()], { kind: 'code.insert' }],
  'code-consumed': [[insertCode(), consumeCode(), consumeCode()], { kind: 'code.consume' }],
  'grant-opened': [
    [insertInteraction(), { ...decide(), grant: grant(HERE) }, openGrant(), openGrant(HERE, 'witness')],
    { kind: 'grant.open', reason: 'already-open' },
  ],
  'grants-ended': [
    [
      insertInteraction(),
      { ...decide(), grant: grant(HERE) },
      { kind: 'grant.end-all', realm: 'main', clientId: 'notes', at: NOW },
      openGrant(),
    ],
    { kind: 'grant.open', reason: 'already-open' },
  ],
  'grant-ended': [
    [
      insertInteraction(),
      { ...decide(), grant: grant(HERE) },
      openGrant(HERE, 'one'),
      endGrant(),
      { kind: 'refresh-token.rotate', ...rotation('one', 'witness') },
    ],
    { kind: 'refresh-token.rotate', reason: 'invalid' },
  ],
  'token-rotated': [
    [
      insertInteraction(),
      { ...decide(), grant: grant(HERE) },
      openGrant(HERE, 'one'),
      { kind: 'refresh-token.rotate', ...rotation('one', 'witness') },
      { kind: 'refresh-token.rotate', ...rotation('one', 'other') },
    ],
    { kind: 'refresh-token.rotate', reason: 'repeated', seed: 'seed-of-witness' },
  ],
  'replay-noted': [[noteReplay(), noteReplay()], { kind: 'replay.note' }],
};

const NOT_COMMITTED = { committed: false } as const;

/** Two conditions that fail, whatever is stored. */
const FAILING: readonly (readonly [Change, Unmet])[] = [
  [IMPOSSIBLE, { kind: 'session.require' }],
  [consumeCode(), { kind: 'code.consume' }],
  [decide(), { kind: 'interaction.decide', reason: 'missing' }],
  [openGrant(), { kind: 'grant.open', reason: 'missing' }],
  [endGrant(), { kind: 'grant.end' }],
  [reserve('one', { uses: 0 }), { kind: 'quota.reserve', retryAfter: 60 }],
  [insertClient(ONE, { mostActive: 0 }), { kind: 'client.insert', reason: 'full' }],
];

export const orderCases: readonly StoreCase[] = [
  storeCase('commit.empty', 'a commit of no changes is made', async ({ commit }) => {
    assert.deepStrictEqual(await commit([]), { committed: true });
  }),
  ...Object.entries(SEEN).map(([name, [changes, unmet]]) =>
    storeCase(
      `commit.sees.${name}`,
      'a condition sees the changes before it in the same commit, and undoes them if it fails',
      async (stores) => {
        const before = await pictureOf(stores);
        const index = changes.length - 1;
        assert.deepStrictEqual(await stores.commit(changes), { ...NOT_COMMITTED, index, unmet });
        assert.deepStrictEqual(await pictureOf(stores), before);
        assert.deepStrictEqual(await stores.commit(changes.slice(0, -1)), { committed: true });
      },
    ),
  ),
  storeCase(
    'commit.sees.all',
    'a registration, a sign-in, an exchange and a refresh can be one commit',
    async (stores) => {
      const outcome = await stores.commit<Change>([
        reserve('address'),
        insertClient(ONE, { duplicateSince: NOW, mostActive: 1 }),
        insertInteraction(),
        { ...decide(), grant: grant(HERE) },
        insertCode(),
        append(1),
        consumeCode(),
        openGrant(),
        { kind: 'client.use', realm: 'main', id: 'one', at: NOW },
        append(2),
        { kind: 'refresh-token.rotate', ...rotation('r1', 'r2') },
        append(3),
      ]);
      assert.deepStrictEqual(outcome, { committed: true });
      const { grants, clients, audit } = stores;
      assert.equal((await grants.findByRefreshToken('main', 'r2'))?.id, 'one');
      assert.equal((await clients.find('main', 'one'))?.version, 2);
      const { items } = await audit.list('main', { limit: 5 });
      assert.deepStrictEqual(
        items,
        [3, 2, 1].map((number) => event(number, NOW + number)),
      );
    },
  ),
  storeCase(
    'commit.sees.freed',
    'what an earlier change of the commit frees can be used by a later one',
    async (stores) => {
      await stores.clients.insert(ONE);
      await openFamily(stores.grants, MAIN);
      const outcome = await stores.commit<Change>([
        { kind: 'client.expire', expired: { ...ONE, expiredAt: NOW }, expectedVersion: 1 },
        insertClient(clientWith('two'), { mostActive: 1 }),
        { kind: 'client.remove', realm: 'main', id: 'two', expectedVersion: 1 },
        { kind: 'client.restore', client: ONE, mostActive: 1 },
      ]);
      assert.deepStrictEqual(outcome, { committed: true });
      assert.deepStrictEqual(await idsOf(stores.clients), ['one']);
    },
  ),
  storeCase(
    'commit.order.decides',
    'of several conditions that fail the first one is named, in the order of the changes',
    async ({ commit }) => {
      for (const [index, [change, unmet]] of FAILING.entries()) {
        const others = FAILING.flatMap(([other]) => (other === change ? [] : [other]));
        const outcome = await commit<Change>([append(1), change, ...others]);
        assert.deepStrictEqual([index, outcome], [index, { ...NOT_COMMITTED, index: 1, unmet }]);
      }
    },
  ),
  storeCase(
    'commit.order.many',
    'a condition after a hundred changes is named by its index, and undoes all of them',
    async (stores) => {
      const before = await pictureOf(stores);
      const changes = times(100, (number) =>
        number % 2 === 0 ? append(number) : reserve('witness', { uses: 100 }),
      );
      const outcome = await stores.commit<Change>([...changes, IMPOSSIBLE]);
      assert.deepStrictEqual(outcome, { ...NOT_COMMITTED, index: 100, unmet: { kind: 'session.require' } });
      assert.deepStrictEqual(await pictureOf(stores), before);
    },
  ),
  connectionCase(
    'commit',
    'what was committed over one connection is seen over another, all of it, and nothing of what was not',
    async (here, there) => {
      const changes = [insertClient(ONE), insertInteraction(), append(1)];
      await here.commit<Change>([...changes, IMPOSSIBLE]);
      const before = await pictureOf(there);
      assert.deepStrictEqual(await there.clients.find('main', 'one'), undefined);
      assert.deepStrictEqual(await here.commit<Change>(changes), { committed: true });
      assert.notDeepStrictEqual(await pictureOf(there), before);
      assert.deepStrictEqual(await pictureOf(there), await pictureOf(here));
    },
  ),
];
