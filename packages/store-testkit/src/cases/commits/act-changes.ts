import { strict as assert } from 'node:assert';
import type { Stores } from '@vestibule/server';
import { clientWith } from '../clients/registered.ts';
import { perform } from '../../race/call.ts';
import type { StoreCase } from '../../harness/case.ts';
import { initialAccessToken } from '../../sample/initial-access-token.ts';
import { signingKey } from '../../sample/key.ts';
import { person, withoutPassword } from '../../sample/person.ts';
import { HERE } from '../../sample/place.ts';
import { fullRealm, realmShelf } from '../../sample/realm.ts';
import { sessionShelf } from '../../sample/session.ts';
import { MINUTE, NOW } from '../../sample/time.ts';
import { changeCases } from './change-cases.ts';

const ELSEWHERE = { realm: 'other', key: 'one' };

const forgetClient = { kind: 'client.forget', realm: 'main', id: 'one' } as const;

async function expired({ clients }: Stores): Promise<void> {
  const client = clientWith('one');
  await clients.insert(client);
  await clients.expire({ ...client, expiredAt: NOW }, 1);
}

const forgettingCases: readonly StoreCase[] = changeCases(
  [
    {
      name: 'forgets',
      title: 'what is kept of an expired client is deleted',
      before: expired,
      change: forgetClient,
      check: async ({ clients }) => assert.equal(await clients.findExpired('main', 'one'), undefined),
    },
    {
      name: 'forgets-beside-a-client',
      title: 'a client with the id of an expired one stays when that one is forgotten',
      before: async (stores) => {
        await expired(stores);
        await stores.clients.insert(clientWith('one'));
      },
      change: forgetClient,
      check: async ({ clients }) => {
        assert.equal(await clients.findExpired('main', 'one'), undefined);
        assert.deepStrictEqual(await clients.find('main', 'one'), clientWith('one'));
      },
    },
  ],
  [
    {
      name: 'nothing-kept',
      title: 'nothing is forgotten if nothing is kept, also of a stored client',
      before: ({ clients }) => clients.insert(clientWith('one')),
      change: forgetClient,
      unmet: { kind: 'client.forget' },
    },
  ],
);

const TOKEN = initialAccessToken(HERE);
const insertToken = { kind: 'initial-access-token.insert', token: TOKEN } as const;
const revokeToken = { kind: 'initial-access-token.revoke', realm: 'main', id: TOKEN.id, at: NOW } as const;

const tokenCases: readonly StoreCase[] = [
  ...changeCases(
    [
      {
        name: 'adds',
        title: 'an initial access token is added',
        change: insertToken,
        check: async ({ initialAccessTokens }) =>
          assert.deepStrictEqual(await initialAccessTokens.findByHash('main', 'one'), TOKEN),
      },
    ],
    (
      [
        ['exists', { ...TOKEN, hash: 'other' }],
        ['exists-hash', { ...TOKEN, id: 'other' }],
      ] as const
    ).map(([name, other]) => ({
      name,
      title: `an initial access token is not added if the realm has one with its ${name === 'exists' ? 'id' : 'hash'}`,
      before: ({ initialAccessTokens }) => initialAccessTokens.insert(other),
      change: insertToken,
      unmet: { kind: 'initial-access-token.insert' },
    })),
  ),
  ...changeCases(
    [
      {
        name: 'revokes',
        title: 'an initial access token is revoked',
        before: ({ initialAccessTokens }) => initialAccessTokens.insert(TOKEN),
        change: revokeToken,
        check: async ({ initialAccessTokens }) =>
          assert.deepStrictEqual(await initialAccessTokens.findByHash('main', 'one'), {
            ...TOKEN,
            revokedAt: NOW,
          }),
      },
    ],
    [
      {
        name: 'revoked',
        title: 'an initial access token that was revoked before is not revoked again',
        before: ({ initialAccessTokens }) => initialAccessTokens.insert({ ...TOKEN, revokedAt: NOW - 1 }),
        change: revokeToken,
        unmet: { kind: 'initial-access-token.revoke', reason: 'revoked' },
      },
      {
        name: 'missing',
        title: 'an initial access token of another realm is not revoked',
        before: ({ initialAccessTokens }) => initialAccessTokens.insert({ ...TOKEN, realm: 'other' }),
        change: revokeToken,
        unmet: { kind: 'initial-access-token.revoke', reason: 'missing' },
      },
    ],
  ),
];

const REALM = { ...fullRealm, id: 'main' };
const RENAMED = { ...REALM, name: 'Renamed', apis: [], settings: { registration: { open: true } } };
const replaceRealm = { kind: 'realm.replace', realm: RENAMED, expectedVersion: 1 } as const;

const realmCases: readonly StoreCase[] = [
  ...changeCases(
    [
      {
        name: 'adds',
        title: 'a realm is added as version 1',
        change: { kind: 'realm.insert', realm: REALM },
        check: async ({ realms }) =>
          assert.deepStrictEqual({ ...(await realms.find('main')) }, { ...REALM, version: 1 }),
      },
    ],
    (
      [
        ['exists', { ...REALM, issuer: 'https://other.example' }],
        ['exists-issuer', { ...REALM, id: 'other' }],
      ] as const
    ).map(([name, other]) => ({
      name,
      title: `a realm is not added if its ${name === 'exists' ? 'id' : 'issuer'} is in use`,
      before: ({ realms }) => realms.insert(other),
      change: { kind: 'realm.insert', realm: REALM } as const,
      unmet: { kind: 'realm.insert' },
    })),
  ),
  ...changeCases(
    [
      {
        name: 'replaces',
        title: 'a realm is replaced, except for its issuer, and has the next version',
        before: ({ realms }) => realms.insert(REALM),
        change: { ...replaceRealm, realm: { ...RENAMED, issuer: 'https://other.example' } },
        check: async ({ realms }) =>
          assert.deepStrictEqual({ ...(await realms.find('main')) }, { ...RENAMED, version: 2 }),
      },
    ],
    [
      {
        name: 'stale',
        title: 'a realm with another version is not replaced',
        before: async ({ realms }) => {
          await realms.insert(REALM);
          await realms.replace(REALM, 1);
        },
        change: replaceRealm,
        unmet: { kind: 'realm.replace', reason: 'stale' },
      },
      {
        name: 'missing',
        title: 'an unknown realm is not replaced',
        before: ({ realms }) => realms.insert(realmShelf.make(ELSEWHERE)),
        change: replaceRealm,
        unmet: { kind: 'realm.replace', reason: 'missing' },
      },
    ],
  ),
];

const ADA = person(HERE);
const SUBJECT = { realm: 'main', subject: ADA.subject };
const known = ({ people }: Stores): Promise<unknown> => people.insert(ADA);

const personCases: readonly StoreCase[] = [
  ...changeCases(
    [
      {
        name: 'adds',
        title: 'a person is added',
        change: { kind: 'person.insert', person: ADA },
        check: async ({ people }) => assert.deepStrictEqual(await people.findByUsername('main', 'one'), ADA),
      },
    ],
    (
      [
        ['exists', { ...ADA, username: 'other' }],
        ['exists-username', { ...ADA, subject: 'other' }],
      ] as const
    ).map(([name, other]) => ({
      name,
      title: `a person is not added if the realm has their ${name === 'exists' ? 'subject' : 'username'}`,
      before: ({ people }) => people.insert(other),
      change: { kind: 'person.insert', person: ADA } as const,
      unmet: { kind: 'person.insert' },
    })),
  ),
  ...changeCases(
    [
      {
        name: 'replaces',
        title: 'a person is replaced, except for their username',
        before: known,
        change: {
          kind: 'person.replace',
          person: { ...withoutPassword(ADA), username: 'other', email: 'ada@notes.example' },
          replaced: ADA,
        },
        check: async ({ people }) =>
          assert.deepStrictEqual(await people.findBySubject('main', ADA.subject), {
            ...withoutPassword(ADA),
            email: 'ada@notes.example',
          }),
      },
    ],
    (
      [
        ['stale-name', { ...ADA, name: 'Grace' }],
        ['stale-email', { ...ADA, email: 'ada@notes.example' }],
        ['stale-password', withoutPassword(ADA)],
        ['of-another-realm', { ...ADA, realm: 'other' }],
      ] as const
    ).map(([name, other]) => ({
      name,
      title: `a person who is not as they were read is not replaced: ${name}`,
      before: ({ people }) => people.insert(other),
      change: { kind: 'person.replace', person: { ...ADA, name: 'Ada L.' }, replaced: ADA } as const,
      unmet: { kind: 'person.replace' },
    })),
  ),
  ...changeCases(
    [
      {
        name: 'removes',
        title: 'a person is deleted',
        before: known,
        change: { kind: 'person.remove', ...SUBJECT },
        check: async ({ people }) => assert.equal(await people.findBySubject('main', ADA.subject), undefined),
      },
    ],
    [
      {
        name: 'missing',
        title: 'a person of another realm is not deleted',
        before: ({ people }) => people.insert({ ...ADA, realm: 'other' }),
        change: { kind: 'person.remove', ...SUBJECT },
        unmet: { kind: 'person.remove' },
      },
    ],
  ),
];

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

const KEY = signingKey(HERE);
const SUCCESSOR = signingKey({ realm: 'main', key: 'witness' });

async function succeeded({ keys }: Stores): Promise<void> {
  await keys.insert(KEY, undefined);
  await keys.insert(SUCCESSOR, 'one');
}

const kidsOf = async ({ keys }: Stores): Promise<readonly string[]> =>
  (await keys.list('main')).map(({ kid }) => kid);

const keyCases: readonly StoreCase[] = [
  ...changeCases(
    [
      {
        name: 'first',
        title: 'the first key of a realm is added',
        before: ({ keys }) => keys.insert(signingKey(ELSEWHERE), undefined),
        change: { kind: 'key.insert', key: KEY, after: undefined },
        check: async ({ keys }) => assert.deepStrictEqual([...(await keys.list('main'))], [KEY]),
      },
      {
        name: 'succeeds',
        title: 'a key is added as the successor of the newest one',
        before: ({ keys }) => keys.insert(KEY, undefined),
        change: { kind: 'key.insert', key: SUCCESSOR, after: 'one' },
        check: async (stores) => assert.deepStrictEqual(await kidsOf(stores), ['witness', 'one']),
      },
    ],
    [
      {
        name: 'stale',
        title: 'a key is not added if the newest one has a successor',
        before: succeeded,
        change: { kind: 'key.insert', key: signingKey({ realm: 'main', key: 'third' }), after: 'one' },
        unmet: { kind: 'key.insert' },
      },
      {
        name: 'not-the-first',
        title: 'a key is not added as the first if the realm has one',
        before: ({ keys }) => keys.insert(KEY, undefined),
        change: { kind: 'key.insert', key: SUCCESSOR, after: undefined },
        unmet: { kind: 'key.insert' },
      },
      {
        name: 'no-predecessor',
        title: 'a key is not added as a successor if the realm has no key',
        change: { kind: 'key.insert', key: SUCCESSOR, after: 'one' },
        unmet: { kind: 'key.insert' },
      },
    ],
  ),
  ...changeCases(
    [
      {
        name: 'removes',
        title: 'a key that has a successor is deleted',
        before: succeeded,
        change: { kind: 'key.remove', realm: 'main', kid: 'one' },
        check: async (stores) => assert.deepStrictEqual(await kidsOf(stores), ['witness']),
      },
    ],
    [
      {
        name: 'newest',
        title: 'the newest key is not deleted',
        before: succeeded,
        change: { kind: 'key.remove', realm: 'main', kid: 'witness' },
        unmet: { kind: 'key.remove', reason: 'newest' },
      },
      {
        name: 'missing',
        title: 'an unknown key is not deleted',
        before: succeeded,
        change: { kind: 'key.remove', realm: 'main', kid: 'third' },
        unmet: { kind: 'key.remove', reason: 'missing' },
      },
    ],
  ),
];

export const actChangeCases: readonly StoreCase[] = [
  ...forgettingCases,
  ...tokenCases,
  ...realmCases,
  ...personCases,
  ...sessionCases,
  ...revocationCases,
  ...keyCases,
];
