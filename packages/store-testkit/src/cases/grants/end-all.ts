import { strict as assert } from 'node:assert';
import { connectionCase, storeCase, type StoreCase } from '../../harness/case.ts';
import { grant } from '../../sample/grant.ts';
import { DAY, NOW } from '../../sample/time.ts';
import { assertOver, GRACE, grantOf, LIFETIME, MAIN, openFamily, rotateThrough, rotation } from './family.ts';

const ALL = ['main', 'notes', NOW] as const;

const unopened = (id: string, clientId = 'notes', realm = 'main') => ({
  ...grant({ realm, key: id }),
  clientId,
});

const opening = (id: string, hash: string) => ({
  realm: 'main',
  id,
  at: NOW,
  expiresAt: NOW + DAY,
  token: { hash, expiresAt: NOW + DAY },
});

export const endAllCases: readonly StoreCase[] = [
  storeCase(
    'grants.endAll.opened',
    'every grant of a client ends, with all its tokens, and is counted once',
    async ({ grants }) => {
      const two = { ...MAIN, id: 'two' };
      await openFamily(grants);
      await openFamily(grants, two, 's1');
      await rotateThrough(grants, ['r1', 'r2', 'r3']);
      assert.equal(await grants.endAll(...ALL), 2);
      await assertOver(grants, ['r1', 'r2', 'r3']);
      await assertOver(grants, ['s1'], two);
      assert.equal(await grants.endAll(...ALL), 0);
      assert.equal(await grants.endAll('main', 'notes', NOW + DAY), 0);
    },
  ),
  storeCase(
    'grants.endAll.unopened',
    'a grant that no code has opened ends too, and cannot be opened any more',
    async (stores) => {
      const { grants } = stores;
      await grants.insert(unopened('one'));
      assert.equal(await grants.endAll(...ALL), 1);
      assert.equal(await grants.endAll(...ALL), 0);
      for (const hash of ['r1', 'r2']) {
        assert.equal(await grants.open(opening('one', hash)), 'already-open');
      }
      const { token: _token, ...withoutToken } = opening('one', 'r3');
      assert.equal(await grants.open(withoutToken), 'already-open');
      assert.equal(await grants.insert(unopened('one')), 'exists');
      await assertOver(grants, ['r1', 'r2', 'r3']);
      assert.equal(await stores.sweep(NOW + LIFETIME - 1, 100), 0);
      assert.equal(await stores.sweep(NOW + LIFETIME, 100), 1);
    },
  ),
  storeCase(
    'grants.endAll.ended-before',
    'grants that had ended before are not counted, by whatever they ended',
    async ({ grants }) => {
      await openFamily(grants, { ...MAIN, id: 'ended' }, 'e1');
      await openFamily(grants, { ...MAIN, id: 'replayed' }, 'p1');
      await openFamily(grants);
      await rotateThrough(grants, ['p1', 'p2', 'p3']);
      await grants.end('main', 'ended', NOW);
      await grants.rotate(rotation('p1', 'x', NOW + GRACE));
      assert.equal(await grants.endAll(...ALL), 1);
      await assertOver(grants, ['e1'], { ...MAIN, id: 'ended' });
      await assertOver(grants, ['p1', 'p2', 'p3', 'x'], { ...MAIN, id: 'replayed' });
      await assertOver(grants, ['r1']);
    },
  ),
  storeCase(
    'grants.endAll.one-client-alone',
    'grants of other clients stay unchanged, opened or not',
    async ({ grants }) => {
      const others = ['other', 'Notes', 'note', 'notes ', 'nötes', 'note_', 'note%'];
      for (const clientId of others) await grants.insert(unopened(clientId, clientId));
      await grants.open(opening('other', 'o1'));
      assert.equal(await grants.endAll(...ALL), 0);
      await openFamily(grants);
      assert.equal(await grants.endAll(...ALL), 1);
      const expected = { ...unopened('other', 'other'), expiresAt: NOW + DAY };
      assert.deepStrictEqual(await grants.findByRefreshToken('main', 'o1'), expected);
      for (const id of others.slice(1)) {
        assert.deepStrictEqual([id, await grants.open(opening(id, `first-${id}`))], [id, 'opened']);
      }
    },
  ),
  storeCase(
    'grants.endAll.realms-apart',
    'ending in one realm leaves the others alone',
    async ({ grants }) => {
      const other = { ...MAIN, realm: 'other' };
      await openFamily(grants);
      await openFamily(grants, other);
      assert.equal(await grants.endAll('third', 'notes', NOW), 0);
      assert.equal(await grants.endAll('other', 'notes', NOW), 1);
      await assertOver(grants, ['r1'], other);
      assert.deepStrictEqual(await grants.findByRefreshToken('main', 'r1'), grantOf(MAIN));
    },
  ),
  storeCase('grants.endAll.afterwards', 'what a person allows afterwards is valid', async ({ grants }) => {
    await openFamily(grants);
    await grants.endAll(...ALL);
    const later = { ...MAIN, id: 'later' };
    await openFamily(grants, later, 's1');
    await rotateThrough(grants, ['s1', 's2']);
    assert.deepStrictEqual(await grants.end('main', 'later', NOW), grantOf(later));
  }),
  connectionCase('grants.endAll', 'ended grants have ended over every connection', async (here, there) => {
    await openFamily(here.grants);
    await here.grants.insert(unopened('two'));
    assert.deepStrictEqual(await there.grants.findByRefreshToken('main', 'r1'), grantOf(MAIN));
    assert.equal(await here.grants.endAll(...ALL), 2);
    await assertOver(there.grants, ['r1']);
    assert.equal(await there.grants.open(opening('two', 's1')), 'already-open');
  }),
];
