import { strict as assert } from 'node:assert';
import type { Stores } from '@vestibule/server';
import { perform } from '../../race/call.ts';
import type { StoreCase } from '../../harness/case.ts';
import { ELSEWHERE, HERE } from '../../sample/place.ts';
import { sessionShelf } from '../../sample/session.ts';
import { MINUTE, NOW } from '../../sample/time.ts';
import { changeCases } from './change-cases.ts';

const SESSION = sessionShelf.make(HERE);
const signedIn = (stores: Stores): Promise<unknown> => perform(stores, sessionShelf.insert(SESSION));

/** Two older sessions of the person, and one of another person. */
async function signedInBefore(stores: Stores): Promise<void> {
  for (const [key, at, subject] of [
    ['oldest', NOW - 2, 'person-1'],
    ['older', NOW - 1, 'person-1'],
    ['witness', NOW - 3, 'person-2'],
  ] as const) {
    const made = sessionShelf.make({ realm: 'main', key });
    const authentication = { ...made.authentication, at };
    await perform(
      stores,
      sessionShelf.insert({ ...made, authentication, person: { ...made.person, subject } }),
    );
  }
}

const sessionsOf = async ({ sessions }: Stores): Promise<readonly string[]> => {
  const names = ['one', 'oldest', 'older', 'witness'];
  const found = await Promise.all(names.map((name) => sessions.find('main', name)));
  return found.flatMap((session) => (session === undefined ? [] : [session.hash]));
};

const sessionCases: readonly StoreCase[] = [
  ...changeCases(
    [
      {
        name: 'begins',
        title: 'a session is added, and all others stay',
        before: signedInBefore,
        change: { kind: 'session.insert', session: SESSION },
        check: async (stores) => {
          assert.deepStrictEqual(await stores.sessions.find('main', 'one'), SESSION);
          assert.deepStrictEqual(await sessionsOf(stores), ['one', 'oldest', 'older', 'witness']);
        },
      },
      {
        name: 'ends-the-oldest',
        title: 'the oldest sessions of a person end if there are more than allowed, and those of others stay',
        before: signedInBefore,
        change: { kind: 'session.insert', session: SESSION, most: 2 },
        check: async (stores) =>
          assert.deepStrictEqual(await sessionsOf(stores), ['one', 'older', 'witness']),
      },
      {
        name: 'is-the-newest',
        title: 'a new session stays although it was authenticated before all others',
        before: signedInBefore,
        change: {
          kind: 'session.insert',
          session: { ...SESSION, authentication: { at: NOW - 9, methods: [] } },
          most: 1,
        },
        check: async (stores) => assert.deepStrictEqual(await sessionsOf(stores), ['one', 'witness']),
      },
    ],
    [
      {
        name: 'exists',
        title: 'a session is not added if the realm has one with its hash, and no other ends',
        before: async (stores) => {
          await signedIn(stores);
          await signedInBefore(stores);
        },
        change: { kind: 'session.insert', session: { ...SESSION, expiresAt: NOW }, most: 1 },
        unmet: { kind: 'session.insert' },
      },
    ],
  ),
  ...changeCases(
    [
      {
        name: 'ends',
        title: 'a session ends',
        before: signedIn,
        change: { kind: 'session.end', realm: 'main', hash: 'one' },
        check: async ({ sessions }) => assert.equal(await sessions.find('main', 'one'), undefined),
      },
    ],
    [
      {
        name: 'missing',
        title: 'a session of another realm does not end',
        before: (stores) => perform(stores, sessionShelf.insert(sessionShelf.make(ELSEWHERE))),
        change: { kind: 'session.end', realm: 'main', hash: 'one' },
        unmet: { kind: 'session.end' },
      },
    ],
  ),
  ...changeCases([
    {
      name: 'ends-all',
      title: 'all sessions of a person end, and those of others stay',
      before: async (stores) => {
        await signedIn(stores);
        await signedInBefore(stores);
      },
      change: { kind: 'session.end-all', realm: 'main', subject: 'person-1' },
      check: async (stores) => assert.deepStrictEqual(await sessionsOf(stores), ['witness']),
    },
    {
      name: 'ends-none',
      title: 'a person without sessions is no reason to fail',
      before: signedIn,
      change: { kind: 'session.end-all', realm: 'main', subject: 'person-2' },
      check: async (stores) => assert.deepStrictEqual(await sessionsOf(stores), ['one']),
    },
  ]),
];

const revokeAccessToken = {
  kind: 'revoked-token.insert',
  realm: 'main',
  tokenId: 'one',
  expiresAt: NOW + MINUTE,
} as const;

const revocationCases: readonly StoreCase[] = changeCases(
  [
    {
      name: 'revokes',
      title: 'an access token is revoked until its expiry',
      before: ({ revokedTokens }) => revokedTokens.add('other', 'one', NOW),
      change: revokeAccessToken,
      check: async ({ revokedTokens }) => {
        assert.deepStrictEqual(await revokedTokens.list('main', NOW + MINUTE - 1), ['one']);
        assert.deepStrictEqual(await revokedTokens.list('main', NOW + MINUTE), []);
      },
    },
  ],
  [
    {
      name: 'repeated',
      title: 'an access token that was revoked before is not revoked again',
      before: ({ revokedTokens }) => revokedTokens.add('main', 'one', NOW),
      change: revokeAccessToken,
      unmet: { kind: 'revoked-token.insert' },
    },
  ],
);

/** The begin and the end of sessions, and of access tokens. */
export const sessionChangeCases: readonly StoreCase[] = [...sessionCases, ...revocationCases];
