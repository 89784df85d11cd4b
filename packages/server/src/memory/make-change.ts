import { type CoreTables, makeCoreChange, type Synchronous } from '@vestibule/core/memory';
import type { Change, Unmet } from '../ports/commit.ts';
import type { GrantStore } from '../ports/grant-store.ts';
import type { InteractionStore } from '../ports/interaction-store.ts';
import type { OneTimeStore } from '../ports/one-time-store.ts';
import type { ReplayStore } from '../ports/replay-store.ts';
import type { KeyStore } from '../ports/key-store.ts';
import type { PersonStore } from '../ports/person-store.ts';
import type { RevokedTokenStore } from '../ports/revoked-token-store.ts';
import type { SessionStore } from '../ports/session-store.ts';
import type { PushedRequest } from '../authorization-request/pushed-request.ts';
import type { AuthorizationCode } from '../records/authorization-code.ts';

/** What the changes of a server change. */
export interface Tables extends CoreTables {
  readonly interactions: Pick<Synchronous<InteractionStore>, 'insert' | 'decide'>;
  readonly pushedRequests: Pick<Synchronous<OneTimeStore<PushedRequest>>, 'put' | 'take'>;
  readonly codes: Pick<Synchronous<OneTimeStore<AuthorizationCode>>, 'put' | 'take'>;
  readonly grants: Synchronous<GrantStore>;
  readonly sessions: Synchronous<SessionStore>;
  readonly people: Pick<Synchronous<PersonStore>, 'insert' | 'replace' | 'remove'>;
  readonly keys: Pick<Synchronous<KeyStore>, 'insert' | 'remove'>;
  readonly revokedTokens: Pick<Synchronous<RevokedTokenStore>, 'add'>;
  readonly replays: Synchronous<ReplayStore>;
}

/** Makes one change in memory. @returns the condition that failed; `undefined` if it was made */
export function makeChange(tables: Tables, change: Change): Unmet | undefined {
  const { interactions, pushedRequests, codes, grants, sessions, replays, people, keys, revokedTokens } =
    tables;
  const { kind } = change;
  switch (kind) {
    case 'interaction.insert':
      return interactions.insert(change.interaction) === 'inserted' ? undefined : { kind };
    case 'interaction.decide': {
      const standing = interactions.decide(change.realm, change.id, change.decision, change.grant);
      if (standing === undefined) return { kind, reason: 'missing' };
      return standing.made ? undefined : { kind, reason: 'decided', decision: standing.decision };
    }
    case 'pushed-request.insert': {
      const { realm, key, request, expiresAt } = change;
      return pushedRequests.put(realm, key, request, expiresAt) === 'stored' ? undefined : { kind };
    }
    case 'pushed-request.consume':
      return void pushedRequests.take(change.realm, change.key, change.at);
    case 'code.insert':
      return codes.put(change.realm, change.key, change.code, change.expiresAt) === 'stored'
        ? undefined
        : { kind };
    case 'code.consume':
      return codes.take(change.realm, change.key, change.at) === undefined ? { kind } : undefined;
    case 'grant.open': {
      const outcome = grants.open(change);
      return outcome === 'opened' ? undefined : { kind, reason: outcome };
    }
    case 'grant.end':
      return grants.end(change.realm, change.id, change.at) === undefined ? { kind } : undefined;
    case 'refresh-token.rotate': {
      const rotation = grants.rotate(change);
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
      return sessions.find(change.realm, change.hash)?.person.subject === change.subject
        ? undefined
        : { kind };
    case 'replay.note':
      return replays.note(change.realm, change.key, change.expiresAt) === 'first' ? undefined : { kind };
    case 'session.insert':
      return sessions.insert(change.session, change.most) === 'inserted' ? undefined : { kind };
    case 'session.end': {
      if (sessions.find(change.realm, change.hash) === undefined) return { kind };
      sessions.delete(change.realm, change.hash);
      return undefined;
    }
    case 'session.end-all':
      return void sessions.deleteOf(change.realm, change.subject);
    case 'revoked-token.insert':
      return revokedTokens.add(change.realm, change.tokenId, change.expiresAt) === 'added'
        ? undefined
        : { kind };
    case 'person.insert':
      return people.insert(change.person) === 'inserted' ? undefined : { kind };
    case 'person.replace':
      return people.replace(change.person, change.replaced) === 'replaced' ? undefined : { kind };
    case 'person.remove':
      return people.remove(change.realm, change.subject) === 'removed' ? undefined : { kind };
    case 'key.insert':
      return keys.insert(change.key, change.after) === 'inserted' ? undefined : { kind };
    case 'key.remove': {
      const reason = keys.remove(change.realm, change.kid);
      return reason === 'removed' ? undefined : { kind, reason };
    }
    case 'client.forget':
    case 'initial-access-token.insert':
    case 'initial-access-token.revoke':
    case 'realm.insert':
    case 'realm.replace':
    case 'quota.reserve':
    case 'client.insert':
    case 'client.replace':
    case 'client.use':
    case 'client.remove':
    case 'client.expire':
    case 'client.restore':
    case 'initial-access-token.use':
    case 'grant.end-all':
    case 'event.append':
      return makeCoreChange(tables, change);
  }
}
