import type { ClientStore } from '@vestibule/core';
import type { GrantStore, KeyStore, PersonStore } from '@vestibule/server';
import { expect, test } from 'vitest';
import { failuresOf, nounsOf, wrong } from './wrong/failures.ts';
import {
  looksThenRemoves,
  removesInEveryRealm,
  removesNewest,
  replacesInEveryRealm,
  replacesNewest,
  replacesNothing,
  waitsThenRemoves,
} from './wrong/keys.ts';
import {
  bindsNoClientMethod,
  bindsNothing,
  comparesPersonsLoosely,
  findsAsInserted,
  findsEnded,
  findsInEveryRealm,
  findsUnopened,
  ignoresClient,
  listsEnded,
  listsEndsEverywhere,
  listsEndsLate,
  listsEndsOneByOne,
  listsEveryEnd,
  listsExpired,
  listsPastTheLimit,
  listsNewestFirst,
  listsUnopenedAsOpened,
  omitsUnopened,
  takesEmptyForNone,
  unbinds,
  unbindsClientMethod,
} from './wrong/listed-grants.ts';
import { type OneTimeFlaw, sharesKeys, storesWithOneTime } from './wrong/one-time.ts';
import {
  forgetsGivenGroups,
  ignoresGroups,
  looksInTheMainRealm,
  lowersGroups,
  replacesAnyHash,
  replacesNoHash,
  saysUnverified,
  takesUsernames,
} from './wrong/people.ts';
import {
  countsEveryDocument,
  countsEveryKind,
  forgetsKind,
  infersKind,
  letsEveryKindExpire,
  letsUsedDocumentsExpire,
  neverChangesKind,
} from './wrong/client-kinds.ts';
import { type ReplayFlaw, storesWithReplays } from './wrong/replays.ts';
import { type RevokedTokenFlaw, storesWithRevokedTokens } from './wrong/revoked-tokens.ts';

test.each<[name: string, flaw: (grants: GrantStore) => GrantStore, ids: readonly string[]]>([
  ['found before they are opened', findsUnopened, ['grants.find.opened']],
  ['found after they have ended', findsEnded, ['grants.find.ended']],
  ['found as they were inserted', findsAsInserted, ['grants.find.opened', 'grants.find.refreshed']],
  ['found in every realm', findsInEveryRealm, ['grants.find.id-alone']],
  ['listed newest first', listsNewestFirst, ['grants.listOf.oldest-first']],
  ['listed when they have expired', listsExpired, ['grants.listOf.unexpired']],
  ['listed for every client', ignoresClient, ['grants.listOf.one-client-alone']],
  ['listed for every client if its id is empty', takesEmptyForNone, ['grants.listOf.one-client-alone']],
  ['listed for persons that are like another', comparesPersonsLoosely, ['grants.listOf.one-person-alone']],
  ['left out until they are opened', omitsUnopened, ['grants.listOf.unopened']],
  ['listed as opened before they are', listsUnopenedAsOpened, ['grants.listOf.unopened']],
  ['listed after they have ended', listsEnded, ['grants.listOf.living']],
  ['listed as ended a moment late', listsEndsLate, ['grants.listEnded.since', 'grants.listEnded.kept']],
  ['listed as ended past the limit', listsPastTheLimit, ['grants.listEnded.limit']],
  ['listed as ended whenever that was', listsEveryEnd, ['grants.listEnded.since']],
  ['listed as ended in every realm', listsEndsEverywhere, ['grants.listEnded.realms-apart']],
  ['listed as ended if that was one by one', listsEndsOneByOne, ['grants.listEnded.however']],
  ['bound to nothing', bindsNothing, ['grants.open.binds', 'grants.open.binds-anew']],
  ['bound to no client authentication', bindsNoClientMethod, ['grants.open.client-method-binds']],
  [
    'bound to no client authentication once they are opened',
    unbindsClientMethod,
    ['grants.open.client-method-leaves-bound', 'grants.kept.bound-to-a-key-of-its-client'],
  ],
  ['bound no more once they are opened', unbinds, ['grants.open.leaves-bound', 'grants.kept.everything']],
])('grants that are %s: that is caught', async (_, flaw, ids) => {
  const failures = await failuresOf(wrong(({ grants }) => ({ grants: flaw(grants) })));
  expect(failures).toEqual(expect.arrayContaining([...ids]));
  expect(nounsOf(failures)).toEqual(['grants']);
});

test.each<[name: string, flaw: (keys: KeyStore) => KeyStore, ids: readonly string[]]>([
  ['removed though they are the newest', removesNewest, ['keys.remove.newest']],
  ['looked for, then removed', looksThenRemoves, ['keys.remove.once-of-20']],
  ['removed by all who waited for it', waitsThenRemoves, ['keys.remove.against-insert']],
  ['removed in every realm', removesInEveryRealm, ['keys.remove.realms-apart']],
  ['replaced in every realm', replacesInEveryRealm, ['keys.replacePrivateKey.realms-apart']],
  ['replaced if they are the newest', replacesNewest, ['keys.replacePrivateKey.replaces']],
  [
    'replaced though they are not there',
    replacesNothing,
    ['keys.replacePrivateKey.realms-apart', 'keys.replacePrivateKey.strange-keys'],
  ],
])('keys that are %s: that is caught', async (_, flaw, ids) => {
  const failures = await failuresOf(wrong(({ keys }) => ({ keys: flaw(keys) })));
  expect(failures).toEqual(expect.arrayContaining([...ids]));
  expect(nounsOf(failures)).toEqual(['keys']);
});

test.each<[flaw: OneTimeFlaw, ids: readonly string[], nouns?: readonly string[]]>([
  ['reads, then writes', ['pushedRequests.take.once-of-20', 'pushedRequests.insert.once-of-20']],
  ['keeps what it was passed', ['pushedRequests.copies.in']],
  ['overwrites', ['pushedRequests.insert.never-overwrites', 'pushedRequests.put.after-take']],
  ['expires a moment late', ['pushedRequests.take.at-its-expiry']],
  [
    'forgets the realm',
    ['pushedRequests.realms-apart', 'pushedRequests.take.realms-apart'],
    ['pushedRequests', 'sweep'],
  ],
  ['deletes what was taken', ['pushedRequests.put.after-take']],
  ['looks at a clock', ['pushedRequests.no-clock']],
  ['sweeps a moment late', ['pushedRequests.sweep.expired'], ['pushedRequests', 'sweep']],
])('a store for pushed requests that %s is caught', async (flaw, ids, nouns = ['pushedRequests']) => {
  const failures = await failuresOf(() => storesWithOneTime('pushedRequests', flaw));
  expect(failures).toEqual(expect.arrayContaining([...ids]));
  expect(nounsOf(failures)).toEqual(nouns);
});

test('a store that keeps codes and pushed requests under the same keys is caught', async () => {
  expect(await failuresOf(wrong(sharesKeys))).toContain('pushedRequests.apart-from-codes');
});

test.each<[flaw: ReplayFlaw, ids: readonly string[], nouns?: readonly string[]]>([
  ['reads, then writes', ['replays.note.once-of-20']],
  ['forgets the realm', ['replays.note.exact-keys'], ['replays', 'sweep']],
  ['compares loosely', ['replays.note.exact-keys']],
  ['forgets what has expired', ['replays.note.once']],
  ['puts off the end', ['replays.note.again-later']],
  ['brings the end forward', ['replays.note.again-sooner']],
  ['sweeps without a limit', ['replays.sweep.limit', 'sweep.limit-of-each-kind'], ['replays', 'sweep']],
  ['sweeps a moment late', ['replays.sweep.expired'], ['replays', 'sweep']],
])('a store for replays that %s is caught', async (flaw, ids, nouns = ['replays']) => {
  const failures = await failuresOf(() => storesWithReplays(flaw));
  expect(failures).toEqual(expect.arrayContaining([...ids]));
  expect(nounsOf(failures)).toEqual(nouns);
});

test.each<[flaw: RevokedTokenFlaw, ids: readonly string[], nouns?: readonly string[]]>([
  ['fails when a token is added at once', ['revokedTokens.add.once-of-20']],
  ['forgets the realm', ['revokedTokens.realms-apart.unknown'], ['revokedTokens', 'sweep']],
  ['compares loosely', ['revokedTokens.exact-keys']],
  ['lists a moment too long', ['revokedTokens.list.unexpired']],
  ['lists every realm', ['revokedTokens.list.unexpired']],
  ['lists past the limit', ['revokedTokens.list.limit']],
  ['knows no token that has expired', ['revokedTokens.no-clock', 'revokedTokens.list.unexpired']],
  ['puts off the end', ['revokedTokens.add.again-later']],
  ['brings the end forward', ['revokedTokens.add.again-sooner']],
  ['sweeps a moment late', ['revokedTokens.sweep.expired'], ['revokedTokens', 'sweep']],
])('a store for revoked tokens that %s is caught', async (flaw, ids, nouns = ['revokedTokens']) => {
  const failures = await failuresOf(() => storesWithRevokedTokens(flaw));
  expect(failures).toEqual(expect.arrayContaining([...ids]));
  expect(nounsOf(failures)).toEqual(nouns);
});

test('the same stores without a flaw are right', async () => {
  for (const create of [
    () => storesWithOneTime('pushedRequests'),
    () => storesWithReplays(),
    () => storesWithRevokedTokens(),
  ]) {
    expect(await failuresOf(create)).toEqual([]);
  }
});

test.each<[name: string, flaw: (clients: ClientStore) => ClientStore, ids: readonly string[]]>([
  ['counts clients of every kind', countsEveryKind, ['clients.countAwake.counts']],
  [
    'counts every client with a document',
    countsEveryDocument,
    ['clients.countDocuments', 'clients.countDocuments.at-most'],
  ],
  [
    'lets clients of every kind expire',
    letsEveryKindExpire,
    [
      'clients.findDue.unused-preregistered',
      'clients.findDue.dormant-preregistered',
      'clients.findDue.asleep-preregistered',
    ],
  ],
  [
    'lets documents of used clients expire',
    letsUsedDocumentsExpire,
    ['clients.findDocumentsDue', 'clients.findDocumentsDue.first', 'clients.findDocumentsDue.others'],
  ],
  [
    'forgets the kind of a client',
    forgetsKind,
    [
      'clients.kept.preregistered',
      'clients.kept.metadata-document',
      'clients.replace.preregistered',
      'clients.kinds.kept',
      'clients.kinds.replaced',
    ],
  ],
  [
    'infers the kind from the members that are there',
    infersKind,
    ['clients.kept.metadata-document', 'clients.kinds.kept', 'clients.kinds.replaced'],
  ],
  ['keeps the kind that a replaced client had', neverChangesKind, ['clients.kinds.replaced']],
])('a store that %s is caught', async (_, flaw, ids) => {
  const failures = await failuresOf(wrong(({ clients }) => ({ clients: flaw(clients) })));
  expect(failures).toEqual(expect.arrayContaining([...ids]));
  expect(nounsOf(failures)).toEqual(['clients']);
});

test.each<[name: string, flaw: (people: PersonStore) => PersonStore, ids: readonly string[]]>([
  ['found by their usernames', takesUsernames, ['people.findBySubject.subject-alone']],
  ['found in another realm', looksInTheMainRealm, ['people.findBySubject.subject-alone']],
  ['given an unverified address', saysUnverified, ['people.kept.unasked-email']],
  ['left without the groups that they were given', forgetsGivenGroups, ['people.replace.replaces']],
  ['replaced although their groups have changed', ignoresGroups, ['people.replace.stale']],
  ['given groups in lower case', lowersGroups, ['people.kept.everything']],
  ['given a new hash in place of any', replacesAnyHash, ['people.replacePasswordHash.stale']],
  [
    'given no new hash',
    replacesNoHash,
    ['people.replacePasswordHash.replaces', 'people.replacePasswordHash.stale'],
  ],
])('people who are %s: that is caught', async (_, flaw, ids) => {
  const failures = await failuresOf(wrong(({ people }) => ({ people: flaw(people) })));
  expect(failures).toEqual(expect.arrayContaining([...ids]));
  expect(nounsOf(failures)).toEqual(['people']);
});
