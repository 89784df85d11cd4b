import { strict as assert } from 'node:assert';
import type { Change, Rotation, Stores } from '@vestibule/server';
import type { StoreCase } from '../../harness/case.ts';
import { codes } from '../../sample/code.ts';
import { grant } from '../../sample/grant.ts';
import { HERE } from '../../sample/place.ts';
import { DAY, MINUTE, NOW } from '../../sample/time.ts';
import {
  familyRotation,
  GRACE,
  grantOf,
  MAIN,
  openFamily,
  rotateThrough,
  rotation,
} from '../grants/family.ts';
import { changeCases, type Made, type Unmade } from './change-cases.ts';
import { consumeCode, endGrant, insertCode, openGrant } from './changes.ts';

const putUntil =
  (expiresAt: number, realm = 'main') =>
  ({ codes: store }: Stores): Promise<unknown> =>
    store.put(realm, 'one', codes.valueOf(), expiresAt);

async function consumed(stores: Stores): Promise<void> {
  await putUntil(NOW + 1)(stores);
  await stores.codes.take('main', 'one', NOW);
}

const CODES: readonly (readonly [string, NonNullable<Unmade['before']>])[] = [
  ['unknown', async () => {}],
  ['of-another-realm', putUntil(NOW + 1, 'other')],
  ['expired', putUntil(NOW)],
  ['consumed', consumed],
];

const codeChangeCases: readonly StoreCase[] = [
  ...changeCases(
    [
      {
        name: 'adds',
        title: 'a code is stored until its expiry',
        change: insertCode(),
        check: async ({ codes: store }) => {
          assert.deepStrictEqual(await store.find('main', 'one', NOW + MINUTE - 1), codes.valueOf());
          assert.equal(await store.find('main', 'one', NOW + MINUTE), undefined);
        },
      },
    ],
    [
      {
        name: 'exists',
        title: 'a code is not stored under a key that exists',
        before: putUntil(NOW + 1),
        change: insertCode(HERE, 'other'),
        unmet: { kind: 'code.insert' },
      },
      {
        name: 'exists-consumed',
        title: 'a code is not stored under the key of a consumed one',
        before: consumed,
        change: insertCode(HERE, 'other'),
        unmet: { kind: 'code.insert' },
      },
    ],
  ),
  ...changeCases(
    [
      {
        name: 'consumes',
        title: 'a code is consumed a moment before its expiry',
        before: putUntil(NOW + 1),
        change: consumeCode(),
        check: async ({ codes: store }) => {
          assert.equal(await store.take('main', 'one', NOW), undefined);
          assert.equal(await store.put('main', 'one', codes.valueOf(), NOW + 1), 'exists');
        },
      },
    ],
    CODES.map(([name, before]) => ({
      name,
      title: `a code that is ${name.replaceAll('-', ' ')} is not consumed`,
      before,
      change: consumeCode(),
      unmet: { kind: 'code.consume' },
    })),
  ),
];

const granted = ({ grants }: Stores): Promise<unknown> => grants.insert(grant(HERE));
const opened = ({ grants }: Stores): Promise<void> => openFamily(grants, MAIN, 'r1');

async function ended(stores: Stores): Promise<void> {
  await opened(stores);
  await stores.grants.end('main', 'one', NOW);
}

const isOpened =
  (facts: Partial<ReturnType<typeof grant>> = {}): Made['check'] =>
  async ({ grants }) => {
    const expected = { ...grant(HERE), expiresAt: NOW + DAY, ...facts };
    assert.deepStrictEqual(await grants.find('main', 'one'), expected);
    assert.deepStrictEqual(await grants.findByRefreshToken('main', 'r1'), expected);
  };

const endAll: Change = { kind: 'grant.end-all', realm: 'main', clientId: 'notes', at: NOW };

const grantChangeCases: readonly StoreCase[] = [
  ...changeCases(
    [
      {
        name: 'opens',
        title: 'a grant is opened with its first refresh token',
        before: granted,
        change: openGrant(),
        check: isOpened(),
      },
      {
        name: 'binds',
        title: 'a grant is opened with the key that its tokens are bound to',
        before: granted,
        change: { ...openGrant(), proofKey: 'thumbprint' },
        check: isOpened({ proofKey: 'thumbprint' }),
      },
      {
        name: 'binds-client-method',
        title: 'a grant is opened with the client authentication that it is bound to',
        before: granted,
        change: { ...openGrant(), clientMethod: 'private_key_jwt' },
        check: isOpened({ clientMethod: 'private_key_jwt' }),
      },
    ],
    [
      {
        name: 'missing',
        title: 'a grant that does not exist is not opened',
        before: ({ grants }) => grants.insert(grant({ ...HERE, realm: 'other' })),
        change: openGrant(),
        unmet: { kind: 'grant.open', reason: 'missing' },
      },
      ...(
        [
          ['opened', opened],
          ['ended', ended],
          [
            'ended-unopened',
            async ({ grants }: Stores) => {
              await grants.insert(grant(HERE));
              await grants.endAll('main', 'notes', NOW);
            },
          ],
        ] as const
      ).map(([name, before]): Unmade => ({
        name,
        title: `a grant that was ${name.replaceAll('-', ' ')} before is not opened`,
        before,
        change: openGrant(HERE, 'witness'),
        unmet: { kind: 'grant.open', reason: 'already-open' },
      })),
    ],
  ),
  ...changeCases(
    [
      {
        name: 'ends',
        title: 'an opened grant ends, with its tokens',
        before: opened,
        change: endGrant(),
        check: async ({ grants }) => {
          assert.equal(await grants.find('main', 'one'), undefined);
          assert.equal(await grants.findByRefreshToken('main', 'r1'), undefined);
          assert.deepStrictEqual(await grants.listEnded('main', NOW), ['one']);
        },
      },
    ],
    (
      [
        ['unopened', granted],
        ['ended', ended],
        ['unknown', async () => {}],
        ['of-another-realm', ({ grants }: Stores) => openFamily(grants, { realm: 'other', id: 'one' })],
      ] as const
    ).map(([name, before]) => ({
      name,
      title: `a grant that is ${name.replaceAll('-', ' ')} does not end`,
      before,
      change: endGrant(),
      unmet: { kind: 'grant.end' },
    })),
  ),
  ...changeCases([
    {
      name: 'ends-all',
      title: 'all grants of a client end, opened or not',
      before: async (stores) => {
        await opened(stores);
        await stores.grants.insert(grant({ realm: 'main', key: 'two' }));
        await stores.grants.insert({ ...grant({ realm: 'main', key: 'three' }), clientId: 'other' });
      },
      change: endAll,
      check: async ({ grants }) => {
        assert.equal(await grants.find('main', 'one'), undefined);
        assert.equal(await grants.findUnopened('main', 'two'), undefined);
        assert.notEqual(await grants.findUnopened('main', 'three'), undefined);
      },
    },
    {
      name: 'ends-none',
      title: 'ending the grants of a client without grants is no reason to fail',
      change: endAll,
      check: async ({ grants }) => assert.deepStrictEqual(await grants.listEnded('main', 0), []),
    },
  ]),
];

const rotate = (given: Rotation): Change => ({ kind: 'refresh-token.rotate', ...given });

/** Opens a family and rotates it to `r3`, so that `r1` is a replay and `r2` is not. */
async function rotated({ grants }: Stores): Promise<void> {
  await openFamily(grants);
  await rotateThrough(grants, ['r1', 'r2', 'r3']);
}

const unrotated = (reason: 'replayed' | 'invalid') => ({ kind: 'refresh-token.rotate', reason }) as const;

const rotationChangeCases: readonly StoreCase[] = changeCases(
  [
    {
      name: 'rotates',
      title: 'a refresh token is replaced by its successor',
      before: opened,
      change: rotate(rotation('r1', 'one')),
      check: async ({ grants }) => {
        assert.deepStrictEqual(await grants.findByRefreshToken('main', 'one'), grantOf(MAIN));
        assert.deepStrictEqual(await grants.rotate(rotation('r1', 'x')), {
          outcome: 'repeated',
          seed: 'seed-of-one',
        });
      },
    },
  ],
  [
    {
      name: 'repeated',
      title: 'a used token is not rotated again: the seed of its successor is returned',
      before: rotated,
      change: rotate(rotation('r2', 'one')),
      unmet: { kind: 'refresh-token.rotate', reason: 'repeated', seed: 'seed-of-r3' },
    },
    {
      name: 'replayed',
      title: 'a replay is named as one, and ends nothing by itself',
      before: rotated,
      change: rotate(rotation('r1', 'one', NOW + GRACE)),
      unmet: unrotated('replayed'),
    },
    {
      name: 'replayed-family',
      title: 'a token with the secret of a family that is not stored is a replay, and ends nothing by itself',
      before: ({ grants }) => openFamily(grants, MAIN, 'r1', 'family'),
      change: rotate(familyRotation('r0', 'one')),
      unmet: unrotated('replayed'),
    },
    {
      name: 'unknown',
      title: 'an unknown token is not rotated',
      before: opened,
      change: rotate(rotation('r0', 'one')),
      unmet: unrotated('invalid'),
    },
    {
      name: 'expired',
      title: 'an expired token is not rotated',
      before: opened,
      change: rotate(rotation('r1', 'one', grantOf(MAIN).expiresAt)),
      unmet: unrotated('invalid'),
    },
    {
      name: 'ended',
      title: 'a token of an ended grant is not rotated',
      before: ended,
      change: rotate(rotation('r1', 'one')),
      unmet: unrotated('invalid'),
    },
    {
      name: 'of-another-realm',
      title: 'a token of another realm is not rotated',
      before: opened,
      change: rotate(rotation('r1', 'one', NOW, 'other')),
      unmet: unrotated('invalid'),
    },
  ],
);

export const grantCommitCases: readonly StoreCase[] = [
  ...codeChangeCases,
  ...grantChangeCases,
  ...rotationChangeCases,
];
