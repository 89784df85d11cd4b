import type { CommitOutcome } from '@vestibule/core';
import type { Change, CommitChanges, Stores, Unmet } from '@vestibule/server';
import { setImmediate as tick } from 'node:timers/promises';
import { IMPOSSIBLE } from '../../src/cases/commits/changes.ts';

type Flaw = (stores: Stores) => Partial<Stores>;

/** A commit of changes of any kind. */
type Commit = (changes: readonly Change[]) => Promise<CommitOutcome<Unmet>>;

const committing =
  (flaw: (commit: Commit, stores: Stores) => Commit): Flaw =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its conditions are those of the given changes
  (stores) => ({ commit: flaw(stores.commit, stores) as CommitChanges });

/** Changes the changes before they are committed. */
const changing = (change: (change: Change) => readonly Change[]): Flaw =>
  committing((commit) => (changes) => commit(changes.flatMap(change)));

/** Changes some outcomes. */
const answering = (answer: (outcome: CommitOutcome<Unmet>) => CommitOutcome<Unmet>): Flaw =>
  committing((commit) => async (changes) => answer(await commit(changes)));

/** Keeps what came before the condition that failed. */
export const keepsWhatCameBefore: Flaw = committing((commit) => async (changes) => {
  const outcome = await commit(changes);
  if (!outcome.committed) await commit(changes.slice(0, outcome.index));
  return outcome;
});

/** Keeps the changes of some kinds if the commit fails. */
const keeping = (...kinds: readonly Change['kind'][]): Flaw =>
  committing((commit) => async (changes) => {
    const outcome = await commit(changes);
    if (!outcome.committed) {
      await commit(changes.slice(0, outcome.index).filter(({ kind }) => kinds.includes(kind)));
    }
    return outcome;
  });

/** Records the events of commits that failed. */
export const recordsFailed: Flaw = keeping('event.append');

/** Counts the quotas of commits that failed. */
export const countsFailed: Flaw = keeping('quota.reserve');

/** Consumes the codes of commits that failed. */
export const consumesFailed: Flaw = keeping('code.consume');

/** Checks all conditions against what is stored, and then makes the changes one after the other. */
export const checksFirst: Flaw = committing((commit) => async (changes) => {
  for (const [index, change] of changes.entries()) {
    const outcome = await commit([change, IMPOSSIBLE]);
    if (!outcome.committed && outcome.index === 0) return { ...outcome, index };
  }
  for (const change of changes) await commit([change]);
  return { committed: true };
});

/** Checks in one transaction, and writes in another. */
export const writesLater: Flaw = committing((commit) => async (changes) => {
  const outcome = await commit([...changes, IMPOSSIBLE]);
  if (!outcome.committed && outcome.index < changes.length) return outcome;
  await tick();
  for (const change of changes) await commit([change]);
  return { committed: true };
});

/** Names the place of the last change. */
export const namesTheLast: Flaw = committing((commit) => async (changes) => {
  const outcome = await commit(changes);
  return outcome.committed ? outcome : { ...outcome, index: changes.length - 1 };
});

/** Checks quotas first, wherever they are. */
export const checksQuotasFirst: Flaw = committing((commit) => async (changes) => {
  const isQuota = ({ kind }: Change): boolean => kind === 'quota.reserve';
  const ordered = [...changes.filter(isQuota), ...changes.filter((change) => !isQuota(change))];
  const outcome = await commit(ordered);
  const failed = outcome.committed ? undefined : ordered[outcome.index];
  return outcome.committed || failed === undefined ? outcome : { ...outcome, index: changes.indexOf(failed) };
});

/** Allows one use too many. */
export const allowsOneMore: Flaw = changing((change) => [
  change.kind === 'quota.reserve'
    ? { ...change, limit: { ...change.limit, uses: change.limit.uses + 1 } }
    : change,
]);

/** Has windows that end a moment late. */
export const endsLate: Flaw = changing((change) => [
  change.kind === 'quota.reserve'
    ? { ...change, limit: { ...change.limit, seconds: change.limit.seconds + 0.001 } }
    : change,
]);

/** Compares the keys of quotas in lower case. */
export const mixesKeys: Flaw = changing((change) => [
  change.kind === 'quota.reserve' ? { ...change, key: change.key.toLowerCase() } : change,
]);

/** Forgets the events. */
export const forgetsEvents: Flaw = changing((change) => (change.kind === 'event.append' ? [] : [change]));

/** Decides without adding the grant. */
export const forgetsGrants: Flaw = changing((change) => {
  if (change.kind !== 'interaction.decide') return [change];
  const { grant: _grant, ...decision } = change;
  return [decision];
});

/** Accepts a session of another person. */
export const acceptsSessionsOfOthers: Flaw = committing((commit, { sessions }) => async (changes) => {
  const accepted: Change[] = [];
  for (const change of changes) {
    const found =
      change.kind === 'session.require' ? await sessions.find(change.realm, change.hash) : undefined;
    accepted.push(
      change.kind === 'session.require' && found !== undefined
        ? { ...change, subject: found.person.subject }
        : change,
    );
  }
  return commit(accepted);
});

/** Counts hibernated clients as active. */
export const countsHibernated: Flaw = committing((commit, { clients }) => async (changes) => {
  const counted: Change[] = [];
  for (const change of changes) {
    if (change.kind !== 'client.insert' || change.mostActive === undefined) {
      counted.push(change);
      continue;
    }
    const { items } = await clients.list(change.client.realm, { limit: 1_000 });
    const hibernated = items.filter(
      (client) => client.kind === 'dynamic' && client.registration.hibernatedAt !== undefined,
    );
    counted.push({ ...change, mostActive: change.mostActive - hibernated.length });
  }
  return commit(counted);
});

/** Names a full realm before a duplicate. */
export const namesFullFirst: Flaw = committing((commit, { clients }) => async (changes) => {
  const outcome = await commit(changes);
  if (outcome.committed || outcome.unmet.kind !== 'client.insert') return outcome;
  const change = changes[outcome.index];
  if (change?.kind !== 'client.insert' || change.mostActive === undefined) return outcome;
  const active = await clients.countAwake(change.client.realm, 1_000);
  return active >= change.mostActive
    ? { ...outcome, unmet: { kind: 'client.insert', reason: 'full' } }
    : outcome;
});

/** Ends the grant of a replayed token by itself. */
export const endsReplayed: Flaw = committing((commit, { grants }) => async (changes) => {
  const outcome = await commit(changes);
  const change = outcome.committed ? undefined : changes[outcome.index];
  if (change?.kind === 'refresh-token.rotate') await grants.rotate(change);
  return outcome;
});

/** Waits for a part of a second. */
export const waitsForParts: Flaw = answering((outcome) =>
  !outcome.committed && outcome.unmet.kind === 'quota.reserve'
    ? { ...outcome, unmet: { ...outcome.unmet, retryAfter: outcome.unmet.retryAfter - 1 } }
    : outcome,
);

/** Makes changes of a kind without their condition, by another change that the outcome does not tell apart. */
const replacing = <Kind extends Change['kind']>(
  kind: Kind,
  replace: (change: Extract<Change, { readonly kind: Kind }>, stores: Stores) => Promise<Change>,
): Flaw =>
  committing((commit, stores) => async (changes) => {
    const isOfKind = (change: Change): change is Extract<Change, { readonly kind: Kind }> =>
      change.kind === kind;
    return commit(
      await Promise.all(changes.map(async (change) => (isOfKind(change) ? replace(change, stores) : change))),
    );
  });

/** Replaces a realm whatever version it has. */
export const overwritesRealms: Flaw = replacing('realm.replace', async (change, { realms }) => ({
  ...change,
  expectedVersion: (await realms.find(change.realm.id))?.version ?? 0,
}));

/** Replaces a person whatever changed since they were read. */
export const overwritesPeople: Flaw = replacing('person.replace', async (change, { people }) => ({
  ...change,
  replaced: (await people.findBySubject(change.person.realm, change.person.subject)) ?? change.replaced,
}));

/** Adds a key after whatever key is the newest. */
export const succeedsAnyKey: Flaw = replacing('key.insert', async (change, { keys }) => ({
  ...change,
  after: (await keys.list(change.key.realm))[0]?.kid,
}));

/** Keeps all sessions of a person. */
export const keepsAllSessions: Flaw = replacing('session.insert', async ({ kind, session }) => ({
  kind,
  session,
}));

/** Ends the sessions of one person for another. */
export const endsSessionsOfOthers: Flaw = changing((change) =>
  change.kind === 'session.end-all' ? [change, { ...change, subject: 'person-2' }] : [change],
);

/** Makes changes of some kinds in a commit of their own, before the others. */
const apart = (...kinds: readonly Change['kind'][]): Flaw =>
  committing((commit) => async (changes) => {
    for (const [index, change] of changes.entries()) {
      if (!kinds.includes(change.kind)) continue;
      const outcome = await commit([change]);
      if (!outcome.committed) return { ...outcome, index };
    }
    return commit(changes.filter(({ kind }) => !kinds.includes(kind)));
  });

/** Makes the changes of acts in a commit of their own, before their events. */
export const actsFirst: Flaw = apart(
  'realm.replace',
  'person.replace',
  'session.end',
  'revoked-token.insert',
);
