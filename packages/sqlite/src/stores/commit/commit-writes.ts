import type { CommitOutcome } from '@vestibule/core';
import type { Change, Unmet } from '@vestibule/server';
import type { Database } from 'better-sqlite3';
import { type ActWrites, createMakeAct } from './commit-act-writes.ts';
import type { AuditWrites } from '../audit-writes.ts';
import type { ClientWrites } from '../client/client-writes.ts';
import type { GrantWrites } from '../grant/grant-writes.ts';
import type { InteractionWrites } from '../interaction-writes.ts';
import type { OneTimeWrites } from '../one-time-writes.ts';
import type { QuotaWrites } from '../quota-writes.ts';
import type { ReplayWrites } from '../replay-writes.ts';

export interface CommitWrites {
  /** Makes all changes, or none if the condition of one fails. */
  readonly commit: (changes: readonly Change[]) => CommitOutcome<Unmet>;
}

/** The writes that changes consist of. */
export type ChangeWrites = ActWrites &
  AuditWrites &
  ClientWrites &
  GrantWrites &
  InteractionWrites &
  OneTimeWrites &
  QuotaWrites &
  ReplayWrites;

/** The condition that failed, thrown to undo the changes before it. */
class Failed extends Error {
  readonly index: number;
  readonly unmet: Unmet;

  constructor(index: number, unmet: Unmet) {
    super('A condition failed.');
    this.index = index;
    this.unmet = unmet;
  }
}

export function commitWrites(database: Database, writes: ChangeWrites): CommitWrites {
  const make = createMake(database, writes);
  const all = database.transaction((changes: readonly Change[]): void => {
    for (const [index, change] of changes.entries()) {
      const unmet = make(change);
      if (unmet !== undefined) throw new Failed(index, unmet);
    }
  });
  return {
    commit: (changes) => {
      const takeBackQuotas = writes.beginQuotas();
      try {
        all(changes);
        return { committed: true };
      } catch (error) {
        takeBackQuotas();
        if (!(error instanceof Failed)) throw error;
        const { index, unmet } = error;
        return { committed: false, index, unmet };
      }
    },
  };
}

/** Creates a function that makes one change and returns the condition that failed. */
function createMake(database: Database, writes: ChangeWrites): (change: Change) => Unmet | undefined {
  const selectSession = database.prepare<[string, string, string]>(
    'SELECT 1 FROM sessions WHERE realm = ? AND hash = ? AND subject = ?',
  );
  const makeAct = createMakeAct(database, writes);
  return (change) => {
    const { kind } = change;
    switch (kind) {
      case 'quota.reserve': {
        const retryAfter = writes.reserveQuota(change);
        return retryAfter === undefined ? undefined : { kind, retryAfter };
      }
      case 'client.insert': {
        const { client, duplicateSince, mostActive = Infinity } = change;
        const insertion = writes.insertClientIfRoom(client, duplicateSince, mostActive);
        const { outcome } = insertion;
        if (outcome === 'inserted') return undefined;
        if (outcome !== 'coalesced') return { kind, reason: outcome };
        return { kind, reason: 'duplicate', client: insertion.client };
      }
      case 'client.replace': {
        const reason = writes.replaceClient(change.client, change.expectedVersion);
        return reason === 'replaced' ? undefined : { kind, reason };
      }
      case 'client.use':
        return void writes.touchClient(change.realm, change.id, change.at);
      case 'client.remove': {
        const reason = writes.removeClient(change.realm, change.id, change.expectedVersion);
        return reason === 'removed' ? undefined : { kind, reason };
      }
      case 'client.expire': {
        const reason = writes.expireClient(change.expired, change.expectedVersion);
        return reason === 'expired' ? undefined : { kind, reason };
      }
      case 'client.restore': {
        const { client, mostActive = Infinity } = change;
        const { realm, id } = client;
        if (writes.hasClient(realm, id)) return { kind, reason: 'exists' };
        if (writes.restoreClient(client) === 'missing') return { kind, reason: 'missing' };
        return writes.countActive(realm) > mostActive ? { kind, reason: 'full' } : undefined;
      }
      case 'initial-access-token.use':
        return writes.useInitialAccessToken(change.realm, change.hash, change.at) === 'counted'
          ? undefined
          : { kind };
      case 'grant.end-all':
        return void writes.endGrantsOf(change.realm, change.clientId, change.at);
      case 'event.append':
        writes.recordEvent(change.event);
        return undefined;
      case 'interaction.insert':
        return writes.insertInteraction(change.interaction) === 'inserted' ? undefined : { kind };
      case 'interaction.decide': {
        const standing = writes.decideInteraction(change.realm, change.id, change.decision, change.grant);
        if (standing === undefined) return { kind, reason: 'missing' };
        return standing.made ? undefined : { kind, reason: 'decided', decision: standing.decision };
      }
      case 'pushed-request.insert': {
        const { realm, key, request, expiresAt } = change;
        const value = JSON.stringify(request);
        return writes.putOnce('pushed_requests', realm, key, value, expiresAt) === 'stored'
          ? undefined
          : { kind };
      }
      case 'pushed-request.consume':
        return void writes.takeOnce('pushed_requests', change.realm, change.key, change.at);
      case 'code.insert': {
        const { realm, key, code, expiresAt } = change;
        return writes.putOnce('codes', realm, key, JSON.stringify(code), expiresAt) === 'stored'
          ? undefined
          : { kind };
      }
      case 'code.consume': {
        const value = writes.takeOnce('codes', change.realm, change.key, change.at);
        return value === undefined ? { kind } : undefined;
      }
      case 'grant.open': {
        const outcome = writes.openGrant(change);
        return outcome === 'opened' ? undefined : { kind, reason: outcome };
      }
      case 'grant.end':
        return writes.endGrant(change.realm, change.id, change.at) === undefined ? { kind } : undefined;
      case 'refresh-token.rotate': {
        const rotation = writes.rotateToken(change);
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
      case 'session.require':
        return selectSession.get(change.realm, change.hash, change.subject) === undefined
          ? { kind }
          : undefined;
      case 'replay.note':
        return writes.noteReplay(change.realm, change.key, change.expiresAt) === 'first'
          ? undefined
          : { kind };
      case 'client.forget':
      case 'initial-access-token.insert':
      case 'initial-access-token.revoke':
      case 'key.insert':
      case 'key.remove':
      case 'person.insert':
      case 'person.remove':
      case 'person.replace':
      case 'realm.insert':
      case 'realm.replace':
      case 'revoked-token.insert':
      case 'session.end':
      case 'session.end-all':
      case 'session.insert':
        return makeAct(change);
    }
  };
}
