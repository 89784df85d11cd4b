import type { ClientStore, InitialAccessTokenStore } from '@vestibule/core';
import type { GrantStore } from '@vestibule/server';
import { expect, test } from 'vitest';
import {
  countsAll,
  countsBlocked,
  deletesBlocked,
  isDueById,
  isDueLate,
  keepsVersion,
  letsSleep,
  losesChanges,
  merges,
  putsToSleepAgain,
  removesAnyVersion,
  removesInEveryRealm,
  touchesWhatItRead,
} from './wrong/clients.ts';
import {
  comparesClientsLoosely,
  countsAgain,
  endsEverywhere,
  opensEnded,
  sparesUnopened,
} from './wrong/end-all.ts';
import {
  expiresAnyVersion,
  forgetsLate,
  keepsAllExpired,
  keepsWhatItRestored,
  removalLeavesExpired,
  removesWhereItWas,
  restoresWhatItRead,
} from './wrong/expired-clients.ts';
import { failuresOf, nounsOf, wrong } from './wrong/failures.ts';
import {
  claimsGiftsBack,
  claimsPlaces,
  claimsUses,
  expiresLate,
  givesNothingBack,
  hidesSpent,
  listsByHash,
  revokesAgain,
  sparesUseless,
  usesRevoked,
} from './wrong/initial-access-tokens.ts';
import { type LeaseFlaw, storesWithLeases } from './wrong/leases.ts';
import {
  givesBlocked,
  givesOldest,
  isSameTooEarly,
  looksThenAdds,
  stopsAtBlocked,
} from './wrong/same-clients.ts';

test.each<[name: string, flaw: (clients: ClientStore) => ClientStore, ids: readonly string[]]>([
  ['keep the version they had elsewhere', keepsVersion, ['clients.insert.version-1']],
  [
    'are looked for and then added',
    looksThenAdds,
    [
      'clients.insert.same-once-of-20',
      'clients.insert.same-anew-of-20',
      'clients.insert.same-of-each-fingerprint',
    ],
  ],
  [
    'are the same one a moment too early',
    isSameTooEarly,
    ['clients.insert.same-at', 'clients.findDuplicate.at'],
  ],
  [
    'are the same one though they are blocked',
    givesBlocked,
    ['clients.insert.same-blocked', 'clients.insert.same-beside-blocked', 'clients.findDuplicate.blocked'],
  ],
  [
    'are the same one unless the newest is blocked',
    stopsAtBlocked,
    ['clients.insert.same-beside-blocked', 'clients.findDuplicate.beside-blocked'],
  ],
  [
    'are the same one if they are the oldest',
    givesOldest,
    ['clients.insert.same-newest', 'clients.findDuplicate.newest'],
  ],
  ['lose changes', losesChanges, ['clients.replace.once-of-20']],
  ['keep what a change left out', merges, ['clients.replace.the-least', 'clients.replace.empty-lists']],
  [
    'are put back as they were read when they are used',
    touchesWhatItRead,
    ['clients.touch.against-replace', 'clients.remove.against-touch'],
  ],
  ['stay hibernated when they are used', letsSleep, ['clients.touch.wakes', 'clients.findDue.follows']],
  [
    'are removed at any version',
    removesAnyVersion,
    ['clients.remove.version', 'clients.remove.against-replace', 'clients.touch.makes-changes-stale'],
  ],
  ['are removed in every realm', removesInEveryRealm, ['clients.remove.one-alone']],
  ['are counted though they are blocked', countsBlocked, ['clients.countAwake.counts']],
  ['are counted past the most', countsAll, ['clients.countAwake.at-most']],
  [
    'are due a moment late',
    isDueLate,
    ['clients.findDue.unused', 'clients.findDue.dormant', 'clients.findDue.asleep'],
  ],
  [
    'are due in the order of their ids',
    isDueById,
    ['clients.findDue.unused-first', 'clients.findDue.dormant-first', 'clients.findDue.asleep-first'],
  ],
  ['are due though they are blocked', deletesBlocked, ['clients.findDue.unused-blocked']],
  ['expire though they were used since', expiresAnyVersion, ['clients.expire.version']],
  ['can be restored again and again', keepsWhatItRestored, ['clients.restore.restores']],
  ['are restored by several at once', restoresWhatItRead, ['clients.restore.once-of-20']],
  ['can be restored after their removal', removalLeavesExpired, ['clients.remove.expired']],
  [
    'are not found by a removal while they move',
    removesWhereItWas,
    ['clients.remove.against-expire', 'clients.remove.against-restore'],
  ],
  ['are all kept when they expired', keepsAllExpired, ['clients.forgetExpired.keep']],
  ['are forgotten a moment late', forgetsLate, ['clients.forgetExpired.until']],
  ['are hibernated again', putsToSleepAgain, ['clients.findDue.dormant', 'clients.findDue.follows']],
])('clients that %s: that is caught', async (_, flaw, ids) => {
  const failures = await failuresOf(wrong(({ clients }) => ({ clients: flaw(clients) })));
  expect(failures).toEqual(expect.arrayContaining([...ids]));
  expect(nounsOf(failures)).toEqual(['clients']);
});

test.each<
  [name: string, flaw: (tokens: InitialAccessTokenStore) => InitialAccessTokenStore, ids: readonly string[]]
>([
  [
    'are used more often than they may',
    claimsUses,
    ['initialAccessTokens.use.as-many-as-are-left', 'initialAccessTokens.use.against-revoke'],
  ],
  [
    'are given twice',
    claimsPlaces,
    [
      'initialAccessTokens.insert.once-of-20',
      'initialAccessTokens.insert.id-once-of-20',
      'initialAccessTokens.insert.hash-once-of-20',
    ],
  ],
  ['expire a moment late', expiresLate, ['initialAccessTokens.use.at-its-expiry']],
  [
    'are used when they were revoked',
    usesRevoked,
    ['initialAccessTokens.use.revoked', 'initialAccessTokens.revoke.first-moment-stands'],
  ],
  [
    'are revoked once more',
    revokesAgain,
    ['initialAccessTokens.revoke.first-moment-stands', 'initialAccessTokens.revoke.in-1970'],
  ],
  [
    'are given back one use of many at once',
    claimsGiftsBack,
    ['initialAccessTokens.release.never-below-none', 'initialAccessTokens.release.against-use'],
  ],
  [
    'are given nothing back once they are useless',
    sparesUseless,
    ['initialAccessTokens.release.takes-one-back', 'initialAccessTokens.release.spent'],
  ],
  [
    'are given nothing back',
    givesNothingBack,
    ['initialAccessTokens.release.takes-one-back', 'initialAccessTokens.release.one-alone'],
  ],
  ['are not found when they are spent', hidesSpent, ['initialAccessTokens.use.spent']],
  ['are listed by their hashes', listsByHash, ['initialAccessTokens.list.by-id']],
])('initial access tokens that %s: that is caught', async (_, flaw, ids) => {
  const failures = await failuresOf(
    wrong(({ initialAccessTokens }) => ({ initialAccessTokens: flaw(initialAccessTokens) })),
  );
  expect(failures).toEqual(expect.arrayContaining([...ids]));
  expect(nounsOf(failures)).toEqual(['initialAccessTokens']);
});

test.each<[flaw: LeaseFlaw, ids: readonly string[], nouns?: readonly string[]]>([
  ['reads, then writes', ['leases.take.once-of-20', 'leases.take.expired-once-of-20']],
  ['expires a moment late', ['leases.take.at-its-expiry']],
  ['does not renew', ['leases.take.renews', 'leases.take.renewal-against-others']],
  ['prolongs when asked in vain', ['leases.take.refused-changes-nothing']],
  ['releases it for every holder', ['leases.release.by-another']],
  ['looks at a clock', ['leases.no-clock']],
  ['knows one lease alone', ['leases.take.names-apart', 'leases.release.one-alone'], ['leases', 'sweep']],
  ['sweeps without a limit', ['leases.sweep.limit', 'sweep.limit-of-each-kind'], ['leases', 'sweep']],
  ['sweeps a moment late', ['leases.sweep.expired'], ['leases', 'sweep']],
  ['never sweeps', ['leases.sweep.expired', 'sweep.counts-of-20'], ['leases', 'sweep']],
])('a store for leases that %s is caught', async (flaw, ids, nouns = ['leases']) => {
  const failures = await failuresOf(() => storesWithLeases(flaw));
  expect(failures).toEqual(expect.arrayContaining([...ids]));
  expect(nounsOf(failures)).toEqual(nouns);
});

test('the same store for leases without a flaw is right', async () => {
  expect(await failuresOf(() => storesWithLeases())).toEqual([]);
});

test.each<[name: string, flaw: (grants: GrantStore) => GrantStore, ids: readonly string[]]>([
  [
    'spares what no code has opened',
    sparesUnopened,
    ['grants.endAll.unopened', 'grants.endAll.counts-of-20'],
  ],
  ['lets what has ended be opened', opensEnded, ['grants.endAll.unopened']],
  ['goes on in every realm', endsEverywhere, ['grants.endAll.realms-apart']],
  ['compares clients loosely', comparesClientsLoosely, ['grants.endAll.one-client-alone']],
  ['counts what had ended before', countsAgain, ['grants.endAll.opened', 'grants.endAll.unopened']],
])('ending every grant of a client %s: that is caught', async (_, flaw, ids) => {
  const failures = await failuresOf(wrong(({ grants }) => ({ grants: flaw(grants) })));
  expect(failures).toEqual(expect.arrayContaining([...ids]));
  expect(nounsOf(failures)).toEqual(['grants']);
});
