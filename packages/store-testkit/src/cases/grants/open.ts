import { strict as assert } from 'node:assert';
import { storeCase, type StoreCase } from '../../harness/case.ts';
import { grant } from '../../sample/grant.ts';
import { HERE } from '../../sample/place.ts';
import { DAY, NOW, YEAR_9999 } from '../../sample/time.ts';
import { grantOf, INVALID, MAIN, openFamily, rotation, ROTATED } from './family.ts';

const opening = { ...MAIN, at: NOW, expiresAt: NOW + DAY };
const token = { hash: 'r1', expiresAt: NOW + DAY };
const BY_KEY = { clientMethod: 'private_key_jwt' } as const;
const UNBOUND = {};

export const openCases: readonly StoreCase[] = [
  storeCase(
    'grants.open.once',
    'a grant is opened once, and a later token is not known',
    async ({ grants }) => {
      await openFamily(grants);
      assert.equal(
        await grants.open({ ...opening, token: { hash: 'x', expiresAt: YEAR_9999 } }),
        'already-open',
      );
      assert.equal(await grants.open(opening), 'already-open');
      assert.equal(await grants.findByRefreshToken('main', 'x'), undefined);
      assert.deepStrictEqual(await grants.rotate(rotation('x', 'y')), INVALID);
      assert.deepStrictEqual(await grants.findByRefreshToken('main', 'r1'), grantOf(MAIN));
    },
  ),
  storeCase(
    'grants.open.missing',
    'an unknown grant is not opened, and its token is unknown',
    async ({ grants }) => {
      await grants.insert(grant(HERE));
      assert.equal(await grants.open({ ...opening, id: 'two', token }), 'missing');
      assert.equal(await grants.open({ ...opening, realm: 'other', token }), 'missing');
      for (const realm of ['main', 'other']) {
        assert.equal(await grants.findByRefreshToken(realm, 'r1'), undefined);
      }
      assert.equal(await grants.open({ ...opening, token }), 'opened');
    },
  ),
  storeCase(
    'grants.open.expiry',
    'a grant lives until the time of its opening, sooner or later than before',
    async ({ grants }) => {
      for (const [id, expiresAt] of [
        ['sooner', NOW + 1],
        ['later', YEAR_9999],
      ] as const) {
        await grants.insert(grant({ realm: 'main', key: id }));
        await grants.open({ realm: 'main', id, at: NOW, expiresAt, token: { hash: id, expiresAt } });
        const expected = { ...grant({ realm: 'main', key: id }), expiresAt };
        assert.deepStrictEqual(await grants.findByRefreshToken('main', id), expected);
      }
    },
  ),
  storeCase(
    'grants.open.without-token',
    'a grant may have no refresh token, and is open nevertheless',
    async ({ grants }) => {
      await grants.insert(grant(HERE));
      assert.equal(await grants.open(opening), 'opened');
      assert.equal(await grants.open({ ...opening, token }), 'already-open');
      assert.deepStrictEqual(await grants.end('main', 'one', NOW), { ...grant(HERE), expiresAt: NOW + DAY });
    },
  ),
  ...[
    ['binds', undefined, 'new', 'new'],
    ['binds-anew', 'old', 'new', 'new'],
    ['leaves-bound', 'old', undefined, 'old'],
    ['leaves-unbound', undefined, undefined, undefined],
  ].map(([name, before, given, after]) =>
    storeCase(
      `grants.open.${name}`,
      'a grant is bound to the key that it was opened with, or else stays bound as it was',
      async ({ grants }) => {
        const of = (proofKey?: string) => (proofKey === undefined ? {} : { proofKey });
        await grants.insert({ ...grant(HERE), ...of(before) });
        assert.equal(await grants.open({ ...opening, token, ...of(given) }), 'opened');
        const expected = { ...grant(HERE), expiresAt: NOW + DAY, ...of(after) };
        assert.deepStrictEqual(await grants.find('main', 'one'), expected);
        assert.equal(await grants.open({ ...opening, ...of('another') }), 'already-open');
        assert.deepStrictEqual(await grants.findByRefreshToken('main', 'r1'), expected);
      },
    ),
  ),
  ...[
    ['binds', UNBOUND, BY_KEY, BY_KEY] as const,
    ['leaves-bound', BY_KEY, UNBOUND, BY_KEY] as const,
    ['binds-again', BY_KEY, BY_KEY, BY_KEY] as const,
  ].map(([name, before, given, after]) =>
    storeCase(
      `grants.open.client-method-${name}`,
      'a grant is bound to the client authentication that it was inserted or opened with',
      async ({ grants }) => {
        await grants.insert({ ...grant(HERE), ...before });
        assert.deepStrictEqual(await grants.findUnopened('main', 'one'), { ...grant(HERE), ...before });
        assert.equal(await grants.open({ ...opening, token, ...given }), 'opened');
        const expected = { ...grant(HERE), expiresAt: NOW + DAY, ...after };
        assert.deepStrictEqual(await grants.find('main', 'one'), expected);
        assert.deepStrictEqual(await grants.findByRefreshToken('main', 'r1'), expected);
        assert.deepStrictEqual(await grants.listOf('main', 'ada', NOW), [expected]);
      },
    ),
  ),
  storeCase(
    'grants.find.used-and-expired',
    'a token finds its grant, used, expired or not',
    async ({ grants }) => {
      await openFamily(grants);
      await grants.rotate({ ...rotation('r1', 'r2'), successor: { hash: 'r2', seed: 's', expiresAt: 1 } });
      const found = { ...grantOf(MAIN), expiresAt: 1 };
      for (const hash of ['r1', 'r2']) {
        assert.deepStrictEqual(await grants.findByRefreshToken('main', hash), found);
      }
    },
  ),
  storeCase(
    'grants.no-clock',
    'grants of 1970 and of 9999 work like others: no store reads a clock',
    async ({ grants }) => {
      for (const now of [1, YEAR_9999]) {
        const family = { realm: 'main', id: `at-${now}` };
        const hash = `first-${now}`;
        await grants.insert({ ...grant({ realm: 'main', key: family.id }), expiresAt: now + 1 });
        await grants.open({ ...family, at: now, expiresAt: now + 1, token: { hash, expiresAt: now + 1 } });
        assert.deepStrictEqual(await grants.rotate(rotation(hash, `next-${now}`, now)), ROTATED);
        assert.deepStrictEqual(await grants.findByRefreshToken('main', `next-${now}`), grantOf(family, now));
      }
    },
  ),
];
