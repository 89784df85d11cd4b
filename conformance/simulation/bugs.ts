import type { AuthorizationCode, Change, Grant, Stores } from '@vestibule/server';
import type { Bug } from './world/world.ts';

type Committed = Awaited<ReturnType<Stores['commit']>>;

/** Stores whose commits are made in another way. The rest of a commit is made as usual. */
const committing =
  (
    commit: (changes: readonly Change[], stores: Stores) => Promise<Committed>,
  ): ((stores: Stores) => Stores) =>
  (stores) => {
    const other = (changes: readonly Change[]) => commit(changes, stores);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- conditions fail as those of the changes
    return { ...stores, commit: other as Stores['commit'] };
  };

const isEvent = ({ kind }: Change): boolean => kind === 'event.append';

/** A code that was consumed can still be found and consumed. */
function keepsConsumedCodes(): Bug {
  const codes = new Map<string, AuthorizationCode>();
  const grants = new Map<string, Grant>();
  const commit = committing(async (changes, stores) => {
    for (const change of changes) {
      if (change.kind === 'code.insert') codes.set(change.key, change.code);
      if (change.kind === 'interaction.decide' && change.grant) grants.set(change.grant.id, change.grant);
    }
    const outcome = await stores.commit(changes);
    if (outcome.committed || outcome.unmet.kind !== 'code.consume') return outcome;
    return stores.commit(changes.filter(({ kind }) => kind !== 'code.consume' && kind !== 'grant.open'));
  });
  return {
    ofAll: (stores) => ({
      ...commit(stores),
      codes: { ...stores.codes, find: async (_, key) => codes.get(key) },
      grants: { ...stores.grants, findUnopened: async (_, id) => grants.get(id) },
    }),
  };
}

/** A refresh token that was used before gets another successor instead of the same one. */
const forksFamilies = (): Bug => ({
  ofAll: committing(async (changes, stores) => {
    const outcome = await stores.commit(changes);
    const isRepeated = !outcome.committed && 'reason' in outcome.unmet && outcome.unmet.reason === 'repeated';
    return isRepeated
      ? stores.commit(changes.filter(({ kind }) => kind !== 'refresh-token.rotate'))
      : outcome;
  }),
});

/** A node keeps a realm for as long as it runs: it does not learn that a gate was closed. */
const remembersRealms = (): Bug => ({
  ofNode: (stores) => {
    const known = new Map<string, Awaited<ReturnType<Stores['realms']['find']>>>();
    const find: Stores['realms']['find'] = async (id) => {
      const found = known.get(id) ?? (await stores.realms.find(id));
      known.set(id, found);
      return found;
    };
    const realms = new Proxy(stores.realms, {
      get: (target, name): unknown => (name === 'find' ? find : Reflect.get(target, name)),
    });
    return { ...stores, realms };
  },
});

/** The grant of a refresh token is returned with the first API of its realm. */
const mixesUpApis = (): Bug => ({
  ofAll: (stores) => ({
    ...stores,
    grants: {
      ...stores.grants,
      findByRefreshToken: async (realm, hash, family) => {
        const grant = await stores.grants.findByRefreshToken(realm, hash, family);
        const [api] = (await stores.realms.find(realm))?.apis ?? [];
        return grant && { ...grant, resource: api?.resource ?? grant.resource };
      },
    },
  }),
});

/** What was asked for is granted, although the person approved less. */
function grantsWhatWasAsked(): Bug {
  const asked = new Map<string, readonly string[]>();
  return {
    ofAll: committing(async (changes, stores) =>
      stores.commit(
        changes.map((change) => {
          if (change.kind === 'interaction.insert') {
            asked.set(change.interaction.id, change.interaction.request.scopes);
          }
          if (change.kind !== 'interaction.decide' || change.grant === undefined) return change;
          const scopes = asked.get(change.id) ?? change.grant.scopes;
          return { ...change, grant: { ...change.grant, scopes } };
        }),
      ),
    ),
  };
}

/** Each node counts for itself, and from zero after it was killed. */
const countsInEachNode = (): Bug => ({
  ofNode: (stores) => {
    const counts = new Map<string, number>();
    return committing(async (changes) => {
      for (const change of changes) {
        if (change.kind !== 'quota.reserve') continue;
        const count = (counts.get(change.key) ?? 0) + 1;
        if (count > change.limit.uses) return stores.commit(changes);
        counts.set(change.key, count);
      }
      return stores.commit(changes.filter(({ kind }) => kind !== 'quota.reserve'));
    })(stores);
  },
});

/** One in three events of issued tokens is not recorded. */
function forgetsEvents(): Bug {
  let count = 0;
  return {
    ofAll: committing(async (changes, stores) =>
      stores.commit(
        changes.filter((change) => {
          if (change.kind !== 'event.append' || change.event.type !== 'token.issued') return true;
          count += 1;
          return count % 3 !== 0;
        }),
      ),
    ),
  };
}

/** Events are recorded in a second commit, before which the process can be killed. */
const recordsAfterwards = (): Bug => ({
  ofNode: committing(async (changes, stores) => {
    const events = changes.filter(isEvent);
    if (events.length === 0 || events.length === changes.length) return stores.commit(changes);
    const outcome = await stores.commit(changes.filter((change) => !isEvent(change)));
    return outcome.committed ? stores.commit(events) : outcome;
  }),
});

/** The events of a commit stay although one of its conditions failed. */
const recordsWhatFailed = (): Bug => ({
  ofAll: committing(async (changes, stores) => {
    const outcome = await stores.commit(changes);
    if (!outcome.committed) await stores.commit(changes.filter(isEvent));
    return outcome;
  }),
});

/** The successor of a refresh token is acknowledged, but another one is stored. */
const losesSuccessors = (): Bug => ({
  ofAll: committing(async (changes, stores) =>
    stores.commit(
      changes.map((change) =>
        change.kind === 'refresh-token.rotate'
          ? { ...change, successor: { ...change.successor, hash: `lost ${change.successor.hash}` } }
          : change,
      ),
    ),
  ),
});

/** A sweep deletes what expires in the next month. */
const sweepsTooEarly = (): Bug => ({
  ofAll: (stores) => ({ ...stores, sweep: (now, limit) => stores.sweep(now + 30 * 86_400_000, limit) }),
});

/** A sweep finds nothing to delete. */
const neverSweeps = (): Bug => ({ ofAll: (stores) => ({ ...stores, sweep: async () => 0 }) });

/** A node keeps each grant that it has read: it does not learn that the grant has ended. */
const remembersGrants = (): Bug => ({
  ofNode: (stores) => {
    const known = new Map<string, Grant>();
    const find: Stores['grants']['find'] = async (realm, id) => {
      const found = known.get(id) ?? (await stores.grants.find(realm, id));
      if (found !== undefined) known.set(id, found);
      return found;
    };
    const grants = new Proxy(stores.grants, {
      get: (target, name): unknown => (name === 'find' ? find : Reflect.get(target, name)),
    });
    return { ...stores, grants };
  },
});

/** An outage is reported as any other error. */
const namesNoOutage = (): Bug => ({
  ofNode: committing(async (changes, stores) => {
    try {
      return await stores.commit(changes);
    } catch (error) {
      throw new Error('Something went wrong.', { cause: error });
    }
  }),
});

/** The deliberate bugs, by name. Each is created anew for a simulation. */
export const BUGS = {
  keepsConsumedCodes,
  forksFamilies,
  remembersRealms,
  mixesUpApis,
  grantsWhatWasAsked,
  countsInEachNode,
  forgetsEvents,
  recordsAfterwards,
  recordsWhatFailed,
  losesSuccessors,
  sweepsTooEarly,
  neverSweeps,
  remembersGrants,
  namesNoOutage,
} as const satisfies Readonly<Record<string, () => Bug>>;

export type BugName = keyof typeof BUGS;
