import { strict as assert } from 'node:assert';
import { scramble } from '../../check/scramble.ts';
import { connectionCase, storeCase, type StoreCase } from '../../harness/case.ts';
import { call } from '../../race/call.ts';
import { grant, grantShelf } from '../../sample/grant.ts';
import { HERE } from '../../sample/place.ts';
import { NOW } from '../../sample/time.ts';
import { strangeKeyCase } from '../../shelf/strange-keys.ts';
import { GRACE, grantOf, MAIN, openFamily, REPLAYED, rotateThrough, rotation } from './family.ts';

export const findCases: readonly StoreCase[] = [
  strangeKeyCase(grantShelf, 'find', (id) => call('grants', 'find', 'main', id)),
  storeCase(
    'grants.find.opened',
    'an opened grant is found by its id, as it is then, expired or not',
    async ({ grants }) => {
      await grants.insert(grant(HERE));
      assert.equal(await grants.find('main', 'one'), undefined);
      await grants.open({ ...MAIN, at: NOW, expiresAt: 1 });
      assert.deepStrictEqual(await grants.find('main', 'one'), { ...grant(HERE), expiresAt: 1 });
    },
  ),
  storeCase(
    'grants.find.displayed',
    'a grant keeps what was displayed about its client, however it is read and whether it is opened, refreshed or ended',
    async ({ grants }) => {
      const displayed = { name: 'Carnet', language: 'fr', redirectUri: 'http://127.0.0.1:4711/cb' };
      const expiresAt = NOW + GRACE * 9;
      await grants.insert({ ...grant(HERE), displayed });
      await grants.open({ ...MAIN, at: NOW, expiresAt, token: { hash: 'r1', expiresAt } });
      await grants.rotate(rotation('r1', 'r2', NOW + 5));
      const kept = { ...grantOf(MAIN, NOW + 5), displayed };
      assert.deepStrictEqual(await grants.find('main', 'one'), kept);
      assert.deepStrictEqual(await grants.findByRefreshToken('main', 'r2'), kept);
      assert.deepStrictEqual(await grants.listOf('main', 'ada', NOW), [kept]);
      assert.deepStrictEqual(await grants.end('main', 'one', NOW), kept);
    },
  ),
  storeCase(
    'grants.find.refreshed',
    'a grant is found with the time that it was last given',
    async (stores) => {
      const { grants } = stores;
      await openFamily(grants);
      await grants.rotate(rotation('r1', 'r2', NOW + 5));
      assert.deepStrictEqual(await grants.find('main', 'one'), grantOf(MAIN, NOW + 5));
    },
  ),
  strangeKeyCase(grantShelf, 'findUnopened', (id) => call('grants', 'findUnopened', 'main', id)),
  storeCase(
    'grants.findUnopened.opened',
    'a grant is found as not yet opened until it is opened, in its realm',
    async ({ grants }) => {
      await grants.insert(grant(HERE));
      assert.equal(await grants.findUnopened('other', 'one'), undefined);
      scramble(await grants.findUnopened('main', 'one'));
      assert.deepStrictEqual(await grants.findUnopened('main', 'one'), grant(HERE));
      await grants.open({ ...MAIN, at: NOW, expiresAt: NOW + 1 });
      assert.equal(await grants.findUnopened('main', 'one'), undefined);
    },
  ),
  storeCase(
    'grants.findUnopened.ended',
    'a grant that ended before it was opened is not found',
    async ({ grants }) => {
      await grants.insert(grant(HERE));
      await grants.endAll('main', 'notes', NOW);
      assert.equal(await grants.findUnopened('main', 'one'), undefined);
    },
  ),
  storeCase('grants.find.ended', 'a grant that has ended is not found any more', async ({ grants }) => {
    const ids = ['ended', 'ended-with-all', 'replayed', 'stays'];
    for (const id of ids) {
      const clientId = id === 'ended-with-all' ? 'other' : 'notes';
      await grants.insert({ ...grant({ realm: 'main', key: id }), clientId });
      const expiresAt = NOW + GRACE * 9;
      await grants.open({ realm: 'main', id, at: NOW, expiresAt, token: { hash: `r1-${id}`, expiresAt } });
      assert.notEqual(await grants.find('main', id), undefined);
    }
    await grants.end('main', 'ended', NOW);
    await grants.endAll('main', 'other', NOW);
    await rotateThrough(grants, ['r1-replayed', 'r2', 'r3']);
    assert.deepStrictEqual(await grants.rotate(rotation('r1-replayed', 'x', NOW + GRACE)), REPLAYED);
    const found = [];
    for (const id of ids) if ((await grants.find('main', id)) !== undefined) found.push(id);
    assert.deepStrictEqual(found, ['stays']);
  }),
  storeCase(
    'grants.find.id-alone',
    'ids are compared byte by byte, in their realm, and tokens are not ids',
    async ({ grants }) => {
      const other = { ...MAIN, realm: 'other' };
      await openFamily(grants);
      await openFamily(grants, other);
      for (const id of ['two', 'One', 'one ', 'on', 'r1']) {
        assert.deepStrictEqual([id, await grants.find('main', id)], [id, undefined]);
      }
      assert.equal(await grants.find('third', 'one'), undefined);
      assert.deepStrictEqual(await grants.find('other', 'one'), grantOf(other));
      assert.deepStrictEqual(await grants.find('main', 'one'), grantOf(MAIN));
    },
  ),
  storeCase(
    'grants.find.copies',
    'changing a found grant does not change the stored one',
    async ({ grants }) => {
      await openFamily(grants);
      scramble(await grants.find('main', 'one'));
      assert.deepStrictEqual(await grants.find('main', 'one'), grantOf(MAIN));
    },
  ),
  connectionCase('grants.find', 'a grant that has ended is found over no connection', async (here, there) => {
    await openFamily(here.grants);
    assert.deepStrictEqual(await there.grants.find('main', 'one'), grantOf(MAIN));
    await here.grants.end('main', 'one', NOW);
    assert.equal(await there.grants.find('main', 'one'), undefined);
  }),
];
