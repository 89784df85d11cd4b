import { strict as assert } from 'node:assert';
import type { Grant, GrantStore } from '@vestibule/server';
import { scramble } from '../../check/scramble.ts';
import { connectionCase, storeCase, type StoreCase } from '../../harness/case.ts';
import { call } from '../../race/call.ts';
import { grant, grantShelf } from '../../sample/grant.ts';
import { DAY, NOW } from '../../sample/time.ts';
import { strangeKeyCase } from '../../shelf/strange-keys.ts';
import { GRACE, MAIN, openFamily, rotateThrough, rotation } from './family.ts';

const UNTIL = NOW + DAY;

/** Inserts a grant and opens it. */
async function allow(grants: GrantStore, id: string, facts: Partial<Grant> = {}): Promise<Grant> {
  const allowed = { ...grant({ realm: 'main', key: id }), expiresAt: UNTIL, ...facts };
  const { realm, expiresAt } = allowed;
  assert.equal(await grants.insert(allowed), 'inserted');
  assert.equal(await grants.open({ realm, id, at: NOW, expiresAt }), 'opened');
  return allowed;
}

const idsOf = (grants: readonly Grant[]): readonly string[] => grants.map(({ id }) => id);

export const listOfCases: readonly StoreCase[] = [
  strangeKeyCase(grantShelf, 'listOf', (subject) => call('grants', 'listOf', 'main', subject, 0), []),
  strangeKeyCase(
    grantShelf,
    'listOf.client',
    (clientId) => call('grants', 'listOf', 'main', 'ada', 0, clientId),
    [],
  ),
  storeCase(
    'grants.listOf.oldest-first',
    'the grants of a person are listed as they are, oldest first, in whatever order they were added',
    async ({ grants }) => {
      assert.deepStrictEqual(await grants.listOf('main', 'ada', NOW), []);
      const allowed = [];
      for (const [id, age] of [
        ['m', 3],
        ['a', 9],
        ['z', 1],
        ['f', 5],
      ] as const) {
        const facts = { createdAt: NOW - age, endsAt: UNTIL + age, proofKey: `key-of-${id}` };
        allowed.push(await allow(grants, id, facts));
      }
      const expected = allowed.toSorted((a, b) => a.createdAt - b.createdAt);
      const listed = await grants.listOf('main', 'ada', NOW);
      assert.deepStrictEqual(listed, expected);
      scramble(listed);
      assert.deepStrictEqual(await grants.listOf('main', 'ada', NOW), expected);
    },
  ),
  storeCase(
    'grants.listOf.unexpired',
    'a grant is listed until the exact instant at which it expires',
    async ({ grants }) => {
      for (const offset of [-1, 0, 1]) await allow(grants, `at${offset}`, { expiresAt: NOW + offset });
      assert.deepStrictEqual(idsOf(await grants.listOf('main', 'ada', NOW)), ['at1']);
    },
  ),
  storeCase(
    'grants.listOf.unopened',
    'a grant that no code has opened is listed as such until the exact instant at which it expires, and can be ended',
    async ({ grants }) => {
      for (const offset of [-1, 0, 1, 2]) {
        const unopened = grant({ realm: 'main', key: `at${offset}` });
        await grants.insert({ ...unopened, clientId: `app${offset}`, expiresAt: NOW + offset });
      }
      assert.deepStrictEqual(idsOf(await grants.listOf('main', 'ada', NOW)), ['at1', 'at2']);
      const [listed] = await grants.listOf('main', 'ada', NOW, 'app1');
      const sample = grant({ realm: 'main', key: 'at1' });
      assert.deepStrictEqual(listed, { ...sample, clientId: 'app1', expiresAt: NOW + 1, isUnopened: true });
      await grants.endOf('main', 'ada', 'app1', NOW);
      assert.deepStrictEqual(idsOf(await grants.listOf('main', 'ada', NOW)), ['at2']);
      await grants.endAll('main', 'app2', NOW);
      assert.deepStrictEqual(await grants.listOf('main', 'ada', NOW), []);
    },
  ),
  storeCase('grants.listOf.living', 'a grant that has ended is listed no more', async ({ grants }) => {
    await allow(grants, 'ended');
    await allow(grants, 'ended-with-all', { clientId: 'other' });
    await openFamily(grants, { ...MAIN, id: 'replayed' });
    const stays = await allow(grants, 'stays');
    assert.equal((await grants.listOf('main', 'ada', NOW)).length, 4);
    await grants.end('main', 'ended', NOW);
    await grants.endAll('main', 'other', NOW);
    await rotateThrough(grants, ['r1', 'r2', 'r3']);
    await grants.rotate(rotation('r1', 'x', NOW + GRACE));
    assert.deepStrictEqual(await grants.listOf('main', 'ada', NOW), [stays]);
  }),
  storeCase(
    'grants.listOf.one-person-alone',
    'people are compared byte by byte, and each realm has its own',
    async ({ grants }) => {
      const mine = await allow(grants, 'mine');
      for (const [i, subject] of ['Ada', 'ada ', 'ad', 'adä', '', '%'].entries()) {
        const other = await allow(grants, `of-${i}`, { subject });
        assert.deepStrictEqual(await grants.listOf('main', subject, NOW), [other]);
      }
      const elsewhere = await allow(grants, 'mine', { realm: 'other' });
      assert.deepStrictEqual(await grants.listOf('main', 'ada', NOW), [mine]);
      assert.deepStrictEqual(await grants.listOf('other', 'ada', NOW), [elsewhere]);
      assert.deepStrictEqual(await grants.listOf('third', 'ada', NOW), []);
    },
  ),
  storeCase(
    'grants.listOf.one-client-alone',
    'only the grants to one client are listed if it is given',
    async ({ grants }) => {
      for (const [i, clientId] of ['notes', 'Notes', 'notes ', 'note', ''].entries()) {
        await allow(grants, `of-${i}`, { clientId, createdAt: NOW + i });
      }
      await allow(grants, 'later', { createdAt: NOW + 9 });
      await allow(grants, 'of-bob', { subject: 'bob' });
      assert.deepStrictEqual(idsOf(await grants.listOf('main', 'ada', NOW, 'notes')), ['of-0', 'later']);
      assert.deepStrictEqual(idsOf(await grants.listOf('main', 'ada', NOW, 'Notes')), ['of-1']);
      assert.deepStrictEqual(idsOf(await grants.listOf('main', 'ada', NOW, '')), ['of-4']);
      assert.deepStrictEqual(await grants.listOf('main', 'ada', NOW, 'nobody'), []);
      assert.equal((await grants.listOf('main', 'ada', NOW)).length, 6);
    },
  ),
  connectionCase(
    'grants.listOf',
    'what a person allows is listed over every connection',
    async (here, there) => {
      assert.deepStrictEqual(await there.grants.listOf('main', 'ada', NOW), []);
      const allowed = await allow(here.grants, 'one');
      assert.deepStrictEqual(await there.grants.listOf('main', 'ada', NOW), [allowed]);
      await here.grants.end('main', 'one', NOW);
      assert.deepStrictEqual(await there.grants.listOf('main', 'ada', NOW), []);
    },
  ),
];
