import { strict as assert } from 'node:assert';
import type { StoredPerson, Stores } from '@vestibule/server';
import { clientWith } from '../clients/registered.ts';
import type { StoreCase } from '../../harness/case.ts';
import { initialAccessToken } from '../../sample/initial-access-token.ts';
import { person, withoutPassword } from '../../sample/person.ts';
import { ELSEWHERE, HERE } from '../../sample/place.ts';
import { fullRealm, realmShelf } from '../../sample/realm.ts';
import { NOW } from '../../sample/time.ts';
import { changeCases } from './change-cases.ts';

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

const ADA: StoredPerson = { ...person(HERE), groups: ['agents'], reportedGroups: ['staff', 'admins'] };
const { groups: _groups, ...WITHOUT_GROUPS } = ADA;
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
          person: {
            ...withoutPassword(ADA),
            username: 'other',
            email: 'ada@notes.example',
            groups: ['editors'],
            reportedGroups: ['staff'],
          },
          replaced: ADA,
        },
        check: async ({ people }) =>
          assert.deepStrictEqual(await people.findBySubject('main', ADA.subject), {
            ...withoutPassword(ADA),
            email: 'ada@notes.example',
            groups: ['editors'],
            reportedGroups: ['staff'],
          }),
      },
    ],
    (
      [
        ['stale-name', { ...ADA, name: 'Grace' }],
        ['stale-email', { ...ADA, email: 'ada@notes.example' }],
        ['stale-password', withoutPassword(ADA)],
        ['stale-groups', { ...ADA, groups: ['agents', 'staff'] }],
        ['stale-without-groups', WITHOUT_GROUPS],
        ['stale-reported-groups', { ...ADA, reportedGroups: ['staff'] }],
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

/** Acts of operators on what is registered, realms and people. */
export const operatorChangeCases: readonly StoreCase[] = [
  ...forgettingCases,
  ...tokenCases,
  ...realmCases,
  ...personCases,
];
