import type { CommitOutcome, UnmetOf } from '@vestibule/core';
import type { Change, CommitChanges, Unmet } from '@vestibule/server';
import type { Database } from '../database/database.ts';
import type { Queryable } from '../database/statement.ts';
import { createPostgresAuditLog } from './audit-log.ts';
import { createPostgresClientStore } from './client/client-store.ts';
import { createPostgresGrantStore } from './grant/grant-store.ts';
import { createPostgresInitialAccessTokenStore } from './initial-access-token-store.ts';
import { createPostgresInteractionStore } from './interaction-store.ts';
import { createPostgresOneTimeStore } from './one-time-store.ts';
import { lockQuotas, reserveQuota } from './quota.ts';
import { createPostgresReplayStore } from './replay-store.ts';

/** The condition that failed, thrown so that the transaction is rolled back. */
class Failed extends Error {
  readonly index: number;
  readonly unmet: Unmet;

  constructor(index: number, unmet: Unmet) {
    super('A condition failed.');
    this.index = index;
    this.unmet = unmet;
  }
}

/** Commits on PostgreSQL: the changes of a request are one transaction. */
export const createPostgresCommit =
  (database: Database): CommitChanges =>
  async <Some extends Change>(changes: readonly Some[]): Promise<CommitOutcome<UnmetOf<Unmet, Some>>> => {
    try {
      await database.transaction(async (transaction) => {
        const make = createMake(transaction);
        await lockQuotas(transaction, changes.flatMap(quotaKeyOf));
        for (const [index, change] of changes.entries()) {
          const unmet = await make(change);
          if (unmet !== undefined) throw new Failed(index, unmet);
        }
      });
      return { committed: true };
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      const { index, unmet } = error;
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a change fails by a condition of its own kind
      return { committed: false, index, unmet: unmet as UnmetOf<Unmet, Some> };
    }
  };

const quotaKeyOf = (change: Change): readonly string[] =>
  change.kind === 'quota.reserve' ? [change.key] : [];

const REQUIRE_SESSION = 'SELECT 1 FROM sessions WHERE realm = $1 AND hash = $2 AND subject = $3 FOR SHARE';

/** Creates a function that makes one change in a transaction and returns the condition that failed. */
function createMake(transaction: Queryable): (change: Change) => Promise<Unmet | undefined> {
  const clients = createPostgresClientStore(transaction);
  const grants = createPostgresGrantStore({
    query: (statement) => transaction.query(statement),
    transaction: (work) => work(transaction),
  });
  const initialAccessTokens = createPostgresInitialAccessTokenStore(transaction);
  const interactions = createPostgresInteractionStore(transaction);
  const pushedRequests = createPostgresOneTimeStore(transaction, 'pushed_requests');
  const codes = createPostgresOneTimeStore(transaction, 'codes');
  const replays = createPostgresReplayStore(transaction);
  const audit = createPostgresAuditLog(transaction);
  const isFull = async (realm: string, most = Infinity): Promise<boolean> =>
    most !== Infinity && (await clients.countAwake(realm, most + 1)) > most;

  return async (change) => {
    const { kind } = change;
    switch (kind) {
      case 'quota.reserve': {
        const retryAfter = await reserveQuota(transaction, change.key, change.limit, change.at);
        return retryAfter === undefined ? undefined : { kind, retryAfter };
      }
      case 'client.insert': {
        const { client, duplicateSince, mostActive } = change;
        const insertion = await clients.insert(client, duplicateSince);
        if (insertion.outcome === 'exists') return { kind, reason: 'exists' };
        if (insertion.outcome === 'coalesced') {
          return { kind, reason: 'duplicate', client: insertion.client };
        }
        return (await isFull(client.realm, mostActive)) ? { kind, reason: 'full' } : undefined;
      }
      case 'client.replace': {
        const reason = await clients.replace(change.client, change.expectedVersion);
        return reason === 'replaced' ? undefined : { kind, reason };
      }
      case 'client.use':
        await clients.touch(change.realm, change.id, change.at);
        return undefined;
      case 'client.remove': {
        const reason = await clients.remove(change.realm, change.id, change.expectedVersion);
        return reason === 'removed' ? undefined : { kind, reason };
      }
      case 'client.expire': {
        const reason = await clients.expire(change.expired, change.expectedVersion);
        return reason === 'expired' ? undefined : { kind, reason };
      }
      case 'client.restore': {
        const { client, mostActive } = change;
        const { realm, id } = client;
        if ((await clients.find(realm, id)) !== undefined) return { kind, reason: 'exists' };
        if ((await clients.restore(client)) === 'missing') return { kind, reason: 'missing' };
        return (await isFull(realm, mostActive)) ? { kind, reason: 'full' } : undefined;
      }
      case 'initial-access-token.use': {
        const used = await initialAccessTokens.use(change.realm, change.hash, change.at);
        return used === 'counted' ? undefined : { kind };
      }
      case 'grant.end-all':
        await grants.endAll(change.realm, change.clientId, change.at);
        return undefined;
      case 'event.append':
        await audit.record(change.event);
        return undefined;
      case 'interaction.insert':
        return (await interactions.insert(change.interaction)) === 'inserted' ? undefined : { kind };
      case 'interaction.decide': {
        const { realm, id, decision, grant } = change;
        const standing = await interactions.decide(realm, id, decision, grant);
        if (standing === undefined) return { kind, reason: 'missing' };
        return standing.made ? undefined : { kind, reason: 'decided', decision: standing.decision };
      }
      case 'pushed-request.insert': {
        const { realm, key, request, expiresAt } = change;
        const stored = await pushedRequests.put(realm, key, request, expiresAt);
        return stored === 'stored' ? undefined : { kind };
      }
      case 'pushed-request.consume':
        await pushedRequests.take(change.realm, change.key, change.at);
        return undefined;
      case 'code.insert': {
        const stored = await codes.put(change.realm, change.key, change.code, change.expiresAt);
        return stored === 'stored' ? undefined : { kind };
      }
      case 'code.consume': {
        const value = await codes.take(change.realm, change.key, change.at);
        return value === undefined ? { kind } : undefined;
      }
      case 'grant.open': {
        const outcome = await grants.open(change);
        return outcome === 'opened' ? undefined : { kind, reason: outcome };
      }
      case 'grant.end':
        return (await grants.end(change.realm, change.id, change.at)) === undefined ? { kind } : undefined;
      case 'refresh-token.rotate': {
        const rotation = await grants.rotate(change);
        switch (rotation.outcome) {
          case 'rotated':
            return undefined;
          case 'repeated':
            return { kind, reason: 'repeated', seed: rotation.seed };
          case 'replayed':
          case 'invalid':
            return { kind, reason: rotation.outcome };
        }
      }
      case 'session.require': {
        const values = [change.realm, change.hash, change.subject];
        const statement = { name: 'sessions.require', text: REQUIRE_SESSION, values };
        return (await transaction.query(statement)).rowCount === 1 ? undefined : { kind };
      }
      case 'replay.note': {
        const noted = await replays.note(change.realm, change.key, change.expiresAt);
        return noted === 'first' ? undefined : { kind };
      }
    }
  };
}
