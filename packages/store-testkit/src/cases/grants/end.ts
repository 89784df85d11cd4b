import { strict as assert } from 'node:assert';
import { scramble } from '../../check/scramble.ts';
import { connectionCase, storeCase, type StoreCase } from '../../harness/case.ts';
import { perform } from '../../race/call.ts';
import { grant, grantShelf } from '../../sample/grant.ts';
import { HERE } from '../../sample/place.ts';
import { DAY, NOW } from '../../sample/time.ts';
import { assertOver, GRACE, grantOf, MAIN, openFamily, rotateThrough, rotation } from './family.ts';

export const endCases: readonly StoreCase[] = [
  storeCase(
    'grants.end.once',
    'a grant is ended once, with every token, and is returned',
    async ({ grants }) => {
      await openFamily(grants);
      await rotateThrough(grants, ['r1', 'r2']);
      assert.deepStrictEqual(await grants.end('main', 'one', NOW), grantOf(MAIN));
      assert.equal(await grants.end('main', 'one', NOW + 1), undefined);
      await assertOver(grants, ['r1', 'r2']);
    },
  ),
  connectionCase('grants.end', 'an ended grant has ended over every connection', async (here, there) => {
    await openFamily(here.grants);
    assert.deepStrictEqual(await there.grants.findByRefreshToken('main', 'r1'), grantOf(MAIN));
    await here.grants.end('main', 'one', NOW);
    await assertOver(there.grants, ['r1']);
  }),
  storeCase('grants.end.unopened', 'a grant that no code has opened is not ended', async ({ grants }) => {
    await grants.insert(grant(HERE));
    assert.equal(await grants.end('main', 'one', NOW), undefined);
    const expiresAt = NOW + DAY;
    assert.equal(
      await grants.open({ ...MAIN, at: NOW, expiresAt, token: { hash: 'r1', expiresAt } }),
      'opened',
    );
    assert.deepStrictEqual(await grants.findByRefreshToken('main', 'r1'), { ...grant(HERE), expiresAt });
  }),
  storeCase('grants.end.unknown', 'an unknown grant is not ended, in any realm', async ({ grants }) => {
    await openFamily(grants);
    for (const [realm, id] of [
      ['main', 'two'],
      ['other', 'one'],
      ['main', 'r1'],
    ] as const) {
      assert.equal(await grants.end(realm, id, NOW), undefined);
    }
    assert.deepStrictEqual(await grants.findByRefreshToken('main', 'r1'), grantOf(MAIN));
  }),
  storeCase('grants.end.realms-apart', 'ending in one realm leaves the others alone', async ({ grants }) => {
    const other = { ...MAIN, realm: 'other' };
    await openFamily(grants);
    await openFamily(grants, other);
    assert.deepStrictEqual(await grants.end('other', 'one', NOW), grantOf(other));
    await assertOver(grants, ['r1'], other);
    assert.deepStrictEqual(await grants.findByRefreshToken('main', 'r1'), grantOf(MAIN));
  }),
  storeCase(
    'grants.end.stays-ended',
    'a grant that has ended is neither opened nor inserted again',
    async (stores) => {
      const { grants } = stores;
      await openFamily(grants);
      await grants.end('main', 'one', NOW);
      const expiresAt = NOW + DAY;
      assert.equal(await perform(stores, grantShelf.insert(grant(HERE))), 'exists');
      assert.equal(
        await grants.open({ ...MAIN, at: NOW, expiresAt, token: { hash: 'x', expiresAt } }),
        'already-open',
      );
      await assertOver(grants, ['r1', 'x']);
    },
  ),
  storeCase(
    'grants.end.after-replay',
    'a grant that a replay has ended is not ended again',
    async ({ grants }) => {
      await openFamily(grants);
      await rotateThrough(grants, ['r1', 'r2', 'r3']);
      await grants.rotate(rotation('r1', 'x', NOW + GRACE));
      assert.equal(await grants.end('main', 'one', NOW), undefined);
    },
  ),
  storeCase('grants.end.copies', 'the returned grant is a copy', async ({ grants }) => {
    const passed = structuredClone(grant(HERE));
    await grants.insert(passed);
    const opening = { ...MAIN, at: NOW, expiresAt: NOW + DAY };
    await grants.open(opening);
    scramble(passed);
    scramble(opening);
    assert.deepStrictEqual(await grants.end('main', 'one', NOW), { ...grant(HERE), expiresAt: NOW + DAY });
  }),
];
