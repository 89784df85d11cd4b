import type { Stores } from '@vestibule/server';
import { expect, test } from 'vitest';
import { failuresOf, nounsOf, wrong } from './wrong/failures.ts';
import {
  countsFromItsOwnUse,
  endsUnopened,
  expiresLate,
  findsFamiliesEverywhere,
  forks,
  graceIsLong,
  hasNoGrace,
  ignoresFamilies,
  remembersGrants,
  repeatsForEver,
  storesEveryToken,
} from './wrong/grants.ts';
import { type OneTimeFlaw, storesWithOneTime } from './wrong/one-time.ts';
import { createRacyGrants, grantingTo } from './wrong/racy-grants.ts';
import { byMoment, byOffset, withEmptyEnd } from './wrong/lists.ts';
import {
  addsAnyKey,
  claimsDecisions,
  comparesLoosely,
  deletesInEveryRealm,
  endsAtNul,
  escapesIds,
  keepsEverySession,
  losesUpdates,
  overwritesSessions,
  sharesWhatItFound,
} from './wrong/others.ts';

test.each<[flaw: OneTimeFlaw, ids: readonly string[], nouns?: readonly string[]]>([
  ['reads, then writes', ['codes.take.once-of-20', 'codes.insert.once-of-20']],
  ['keeps what it was passed', ['codes.copies.in']],
  ['overwrites', ['codes.insert.never-overwrites', 'codes.put.after-take']],
  ['expires a moment late', ['codes.take.at-its-expiry']],
  [
    'forgets the realm',
    ['codes.realms-apart', 'codes.realms-apart.unknown', 'codes.take.realms-apart'],
    ['codes', 'sweep'],
  ],
  ['deletes what was taken', ['codes.put.after-take']],
  ['looks at a clock', ['codes.no-clock'], ['codes', 'pushedRequests']],
  ['sweeps without a limit', ['codes.sweep.limit', 'sweep.limit-of-each-kind'], ['codes', 'sweep']],
  ['sweeps a moment late', ['codes.sweep.expired'], ['codes', 'sweep']],
])('a store for codes that %s is caught', async (flaw, ids, nouns = ['codes']) => {
  const failures = await failuresOf(() => storesWithOneTime('codes', flaw));
  expect(failures).toEqual(expect.arrayContaining([...ids]));
  expect(nounsOf(failures)).toEqual(nouns);
});

test('the same store without a flaw is right', async () => {
  expect(await failuresOf(() => storesWithOneTime('codes'))).toEqual([]);
});

test.each<[name: string, create: () => Stores, ids: readonly string[]]>([
  [
    'a family that forks',
    wrong(({ grants }) => ({ grants: forks(grants) })),
    ['grants.rotate.repeats', 'grants.rotate.once-of-20', 'grants.rotate.replay-after-repeat'],
  ],
  [
    'a grace that is a moment too long',
    wrong(({ grants }) => ({ grants: graceIsLong(grants) })),
    ['grants.rotate.at-the-end-of-its-grace', 'grants.rotate.no-grace'],
  ],
  [
    'refreshing without a grace',
    wrong(({ grants }) => ({ grants: hasNoGrace(grants) })),
    ['grants.rotate.never-forks', 'grants.rotate.a-moment-before-the-end-of-its-grace'],
  ],
  [
    'a grace that counts from the first use of the token itself',
    wrong(({ grants }) => ({ grants: countsFromItsOwnUse(grants) })),
    ['grants.rotate.successor-never-arrived', 'grants.family.repeats'],
  ],
  [
    'refresh tokens that are stored however many there are',
    wrong(({ grants }) => ({ grants: storesEveryToken(grants) })),
    ['grants.family.three-tokens', 'grants.family.converts'],
  ],
  [
    'families that are not recognized by their secret',
    wrong(({ grants }) => ({ grants: ignoresFamilies(grants) })),
    ['grants.family.found', 'grants.family.replay-of-r1', 'grants.family.replay-of-never-issued'],
  ],
  [
    'families that are recognized in another realm',
    wrong(({ grants }) => ({ grants: findsFamiliesEverywhere(grants) })),
    ['grants.family.found'],
  ],
  [
    'a token without a secret that is repeated when its successor is no longer stored',
    wrong(({ grants }) => ({ grants: repeatsForEver(grants) })),
    ['grants.family.replay-of-r1-before-the-secret', 'grants.family.replay-of-r2-before-the-secret'],
  ],
  [
    'refresh tokens that expire a moment late',
    wrong(({ grants }) => ({ grants: expiresLate(grants) })),
    ['grants.rotate.first-token-at-its-expiry', 'grants.rotate.successor-at-its-expiry'],
  ],
  [
    'grants that are remembered when they have ended',
    wrong(({ grants }) => ({ grants: remembersGrants(grants) })),
    ['grants.rotate.against-end', 'grants.end.once', 'grants.rotate.replay-ends'],
  ],
  [
    'grants that end before they are opened',
    wrong(({ grants }) => ({ grants: endsUnopened(grants) })),
    ['grants.end.unopened'],
  ],
  [
    'grants that are read and then written',
    wrong(({ interactions, sweep }) => {
      const grants = createRacyGrants();
      const both = async (now: number, limit: number): Promise<number> =>
        (await sweep(now, limit)) + (await grants.sweep(now, limit));
      return { grants, interactions: grantingTo(interactions, grants), sweep: both };
    }),
    [
      'grants.insert.once-of-20',
      'grants.open.once-of-20',
      'grants.rotate.once-of-20',
      'grants.end.once-of-20',
      'grants.rotate.against-end',
      'grants.open.against-end',
      'grants.rotate.replay-against-successor',
      // These grants are not those that the tokens of the same stores belong to.
      'providerTokens.listOrphaned.by-grant',
      'grants.rotate.repeat-against-successor',
      'grants.endAll.counts-of-20',
      'grants.endAll.against-end',
      'grants.endAll.against-rotate',
      'grants.endAll.against-open',
    ],
  ],
  [
    'a lost update',
    wrong(({ realms }) => ({ realms: losesUpdates(realms) })),
    ['realms.replace.once-of-20', 'realms.replace.no-change-lost'],
  ],
  [
    'a list of clients by offset',
    wrong(({ clients }) => ({ clients: { ...clients, list: byOffset(clients.list) } })),
    ['clients.list.stays-true'],
  ],
  [
    'a list of events by offset',
    wrong(({ audit }) => ({ audit: { ...audit, list: byOffset(audit.list) } })),
    ['audit.list.stays-true'],
  ],
  [
    'an empty page at the end',
    wrong(({ clients }) => ({ clients: { ...clients, list: withEmptyEnd(clients.list, ({ id }) => id) } })),
    ['clients.list.6-by-3', 'clients.list.1-by-1'],
  ],
  [
    'events of one moment that do not fit on a page',
    wrong(({ audit }) => ({ audit: { ...audit, list: byMoment(audit) } })),
    ['audit.list.order-stays', 'audit.list.stays-true'],
  ],
  [
    'one object for everybody',
    wrong(({ clients }) => ({ clients: sharesWhatItFound(clients) })),
    ['clients.copies.out'],
  ],
  [
    'ids that are escaped',
    wrong(({ clients }) => ({ clients: escapesIds(clients) })),
    ['clients.find.strange-keys'],
  ],
  ['text that ends at NUL', wrong(({ clients }) => ({ clients: endsAtNul(clients) })), ['clients.kept.nul']],
  [
    'sessions that are kept however many there are',
    wrong(({ sessions }) => ({ sessions: keepsEverySession(sessions) })),
    ['sessions.insert.most'],
  ],
  [
    'sessions that overwrite each other',
    wrong(({ sessions }) => ({ sessions: overwritesSessions(sessions) })),
    ['sessions.insert.never-overwrites', 'sessions.insert.once-of-20'],
  ],
  [
    'sessions that are deleted in every realm',
    wrong(({ sessions }) => ({ sessions: deletesInEveryRealm(sessions) })),
    ['sessions.delete.realms-apart'],
  ],
  [
    'decisions that are claimed',
    wrong(({ interactions }) => ({ interactions: claimsDecisions(interactions) })),
    ['interactions.decide.once-of-20'],
  ],
  ['keys in any order', wrong(({ keys }) => ({ keys: addsAnyKey(keys) })), ['keys.insert.stale']],
  [
    'usernames that are compared loosely',
    wrong(({ people }) => ({ people: comparesLoosely(people) })),
    ['people.exact-keys'],
  ],
])('%s: that is caught', async (_, create, ids) => {
  const failures = await failuresOf(create);
  expect(failures).toEqual(expect.arrayContaining([...ids]));
  expect(nounsOf(failures)).toEqual(nounsOf(ids));
});

test('a sweep that ignores its limit is caught for everything that expires', async () => {
  const create = wrong(({ sweep }) => ({ sweep: (now) => sweep(now, Infinity) }));
  const failures = await failuresOf(create);
  expect(nounsOf(failures)).toEqual([
    'audit',
    'codes',
    'finishedSignIns',
    'grants',
    'initialAccessTokens',
    'interactions',
    'leases',
    'pushedRequests',
    'replays',
    'revokedTokens',
    'sessions',
    'sweep',
  ]);
  expect(failures).toContain('sweep.limit-of-each-kind');
});
