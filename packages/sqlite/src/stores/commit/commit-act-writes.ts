import type { Change, Unmet } from '@vestibule/server';
import type { Database } from 'better-sqlite3';
import type { InitialAccessTokenWrites } from '../initial-access-token-writes.ts';
import type { KeyWrites } from '../key-writes.ts';
import type { PersonWrites } from '../person-writes.ts';
import type { RealmWrites } from '../realm-writes.ts';
import type { RevokedTokenWrites } from '../revoked-token-writes.ts';
import type { SessionWrites } from '../session-writes.ts';

/** The writes that the changes of acts, sessions and keys consist of. */
export type ActWrites = InitialAccessTokenWrites &
  KeyWrites &
  PersonWrites &
  RealmWrites &
  RevokedTokenWrites &
  SessionWrites;

/** A change that an operator's act, a sign-in, a sign-out, a revocation or a new key makes. */
export type ActChange = Extract<
  Change,
  {
    readonly kind:
      | 'client.forget'
      | 'initial-access-token.insert'
      | 'initial-access-token.revoke'
      | 'key.insert'
      | 'key.remove'
      | 'person.insert'
      | 'person.remove'
      | 'person.replace'
      | 'realm.insert'
      | 'realm.replace'
      | 'revoked-token.insert'
      | 'session.end'
      | 'session.end-all'
      | 'session.insert';
  }
>;

/** Creates a function that makes one such change and returns the condition that failed. */
export function createMakeAct(
  database: Database,
  writes: ActWrites,
): (change: ActChange) => Unmet | undefined {
  const forget = database.prepare<[string, string]>('DELETE FROM expired_clients WHERE realm = ? AND id = ?');
  const endSession = database.prepare<[string, string]>('DELETE FROM sessions WHERE realm = ? AND hash = ?');
  const revoke = database.prepare<[number, string, string]>(
    'UPDATE initial_access_tokens SET revoked_at = ? WHERE realm = ? AND id = ? AND revoked_at IS NULL',
  );
  const selectToken = database.prepare<[string, string]>(
    'SELECT 1 FROM initial_access_tokens WHERE realm = ? AND id = ?',
  );
  return (change) => {
    const { kind } = change;
    switch (kind) {
      case 'client.forget':
        return forget.run(change.realm, change.id).changes === 1 ? undefined : { kind };
      case 'initial-access-token.insert':
        return writes.insertInitialAccessToken(change.token) === 'inserted' ? undefined : { kind };
      case 'initial-access-token.revoke': {
        const { realm, id, at } = change;
        if (revoke.run(at, realm, id).changes === 1) return undefined;
        return { kind, reason: selectToken.get(realm, id) === undefined ? 'missing' : 'revoked' };
      }
      case 'realm.insert':
        return writes.insertRealm(change.realm) === 'inserted' ? undefined : { kind };
      case 'realm.replace': {
        const reason = writes.replaceRealm(change.realm, change.expectedVersion);
        return reason === 'replaced' ? undefined : { kind, reason };
      }
      case 'person.insert':
        return writes.insertPerson(change.person) === 'inserted' ? undefined : { kind };
      case 'person.replace':
        return writes.replacePerson(change.person, change.replaced) === 'replaced' ? undefined : { kind };
      case 'person.remove':
        return writes.removePerson(change.realm, change.subject) === 'removed' ? undefined : { kind };
      case 'session.insert':
        return writes.insertSession(change.session, change.most ?? Number.MAX_SAFE_INTEGER) === 'inserted'
          ? undefined
          : { kind };
      case 'session.end':
        return endSession.run(change.realm, change.hash).changes === 1 ? undefined : { kind };
      case 'session.end-all':
        return void writes.deleteSessionsOf(change.realm, change.subject);
      case 'revoked-token.insert':
        return writes.addRevokedToken(change.realm, change.tokenId, change.expiresAt) === 'added'
          ? undefined
          : { kind };
      case 'key.insert':
        return writes.insertKey(change.key, change.after) === 'inserted' ? undefined : { kind };
      case 'key.remove': {
        const reason = writes.removeKey(change.realm, change.kid);
        return reason === 'removed' ? undefined : { kind, reason };
      }
    }
  };
}
