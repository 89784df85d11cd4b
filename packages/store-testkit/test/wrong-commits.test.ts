import type { Stores } from '@vestibule/server';
import { expect, test } from 'vitest';
import {
  acceptsSessionsOfOthers,
  actsFirst,
  allowsOneMore,
  checksFirst,
  checksQuotasFirst,
  consumesFailed,
  countsFailed,
  countsHibernated,
  endsLate,
  endsReplayed,
  endsSessionsOfOthers,
  forgetsEvents,
  forgetsGrants,
  keepsAllSessions,
  keepsWhatCameBefore,
  mixesKeys,
  namesFullFirst,
  namesTheLast,
  overwritesPeople,
  overwritesRealms,
  recordsFailed,
  succeedsAnyKey,
  waitsForParts,
  writesLater,
} from './wrong/commits.ts';
import { commitCases, failuresOf, wrong } from './wrong/failures.ts';

test.each<[name: string, flaw: (stores: Stores) => Partial<Stores>, ids: readonly string[]]>([
  [
    'keep what came before a failed condition',
    keepsWhatCameBefore,
    [
      'commit.client.insert.exists',
      'commit.order.many',
      'commit.sees.quota-used',
      'commit.grant.open.opens-undone',
    ],
  ],
  ['record the events of failed commits', recordsFailed, ['commit.client.insert.full', 'commit.order.many']],
  ['count the quotas of failed commits', countsFailed, ['commit.quota.reserve.reserves-undone']],
  [
    'consume the code if the grant cannot be opened',
    consumesFailed,
    ['commit.code.consume.consumes-undone', 'commit.exchange.grant-that-does-not-exist'],
  ],
  [
    'check all conditions first',
    checksFirst,
    ['commit.sees.code-consumed', 'commit.sees.quota-used', 'commit.sees.client-inserted'],
  ],
  [
    'check, and write later',
    writesLater,
    [
      'commit.quota.reserve.as-many-as-allowed',
      'commit.client.insert.as-many-as-may-be-active',
      'commit.client.insert.duplicate-of-20',
      'commit.exchange.once-of-20',
      'commit.pushed-request.insert.once-of-20',
    ],
  ],
  ['name the wrong change', namesTheLast, ['commit.order.decides', 'commit.code.consume.unknown']],
  ['check quotas first', checksQuotasFirst, ['commit.order.decides']],
  ['allow one use too many', allowsOneMore, ['commit.quota.reserve.exact', 'commit.quota.reserve.none']],
  ['end windows a moment late', endsLate, ['commit.quota.reserve.window']],
  ['mix the keys of quotas', mixesKeys, ['commit.quota.reserve.keys']],
  ['wait for less than the rest of a window', waitsForParts, ['commit.quota.reserve.wait-60-59999']],
  ['forget events', forgetsEvents, ['commit.event.append.records', 'commit.sees.all']],
  [
    'decide without the grant',
    forgetsGrants,
    ['commit.interaction.decide.grants', 'commit.interaction.decide.existing-grant'],
  ],
  ['accept sessions of other people', acceptsSessionsOfOthers, ['commit.session.require.of-another-person']],
  ['count hibernated clients', countsHibernated, ['commit.client.insert.counts-active-clients']],
  ['name a full realm before a duplicate', namesFullFirst, ['commit.client.insert.duplicate']],
  ['end a grant at a replay', endsReplayed, ['commit.refresh-token.rotate.replayed']],
  ['replace a realm of any version', overwritesRealms, ['commit.realm.replace.stale']],
  [
    'replace a person who has changed',
    overwritesPeople,
    ['commit.person.replace.stale-name', 'commit.person.replace.stale-password'],
  ],
  [
    'add a key after any other',
    succeedsAnyKey,
    ['commit.key.insert.stale', 'commit.key.insert.not-the-first'],
  ],
  ['keep all sessions of a person', keepsAllSessions, ['commit.session.insert.ends-the-oldest']],
  ['end the sessions of others', endsSessionsOfOthers, ['commit.session.end-all.ends-all']],
  [
    'make an act before its event',
    actsFirst,
    [
      'commit.realm.replace.replaces-undone',
      'commit.person.replace.replaces-undone',
      'commit.session.end.ends-undone',
      'commit.revoked-token.insert.revokes-undone',
    ],
  ],
])('commits that %s are caught', async (_, flaw, ids) => {
  const failures = await failuresOf(wrong(flaw), commitCases);
  expect(failures).toEqual(expect.arrayContaining([...ids]));
});
