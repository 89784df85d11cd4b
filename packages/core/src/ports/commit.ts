import type { AuditEvent } from '../audit/event.ts';
import type { Client, DynamicClient } from '../client/client.ts';
import type { ExpiredClient } from '../client/expired-client.ts';
import type { RealmRecord } from '../realm/realm.ts';
import type { InitialAccessToken } from '../registration/initial-access-token.ts';
import type { Instant, Seconds } from '../time.ts';
import type { Limit } from './rate-limiter.ts';

/** A change of what `core` stores, with the condition under which it is made. */
export type CoreChange =
  /**
   * Uses a limit once, if its current window has a use left. Windows are fixed: the first use of a key opens one. `partOf` is the
   * key of a wider limit that includes this one, always the same for a key: a store may keep both in one place, because the
   * same commit uses both.
   */
  | {
      readonly kind: 'quota.reserve';
      readonly key: string;
      readonly partOf?: string | undefined;
      readonly limit: Limit;
      readonly at: Instant;
    }
  /**
   * Adds a client as version 1, unless the realm has a client with its id; with `duplicateSince`, unless the realm has an
   * unblocked client with the same fingerprint that was registered after that time; with `mostActive`, unless the realm has
   * that many active dynamic clients.
   */
  | {
      readonly kind: 'client.insert';
      readonly client: Client;
      readonly duplicateSince?: Instant | undefined;
      readonly mostActive?: number;
    }
  /** Replaces the client with this id, if it still has the version that the change is based on. */
  | { readonly kind: 'client.replace'; readonly client: Client; readonly expectedVersion: number }
  /** Records a use of a client, and reactivates it if it is hibernated. Without a condition: a missing client stays missing. */
  | { readonly kind: 'client.use'; readonly realm: string; readonly id: string; readonly at: Instant }
  /** Deletes a client, if it still has this version. */
  | {
      readonly kind: 'client.remove';
      readonly realm: string;
      readonly id: string;
      readonly expectedVersion: number;
    }
  /** Deletes a client and keeps what can restore it, if it still has this version. */
  | { readonly kind: 'client.expire'; readonly expired: ExpiredClient; readonly expectedVersion: number }
  /**
   * Adds a client as version 1 and removes what was kept of it, if something is kept and no client has its id; with
   * `mostActive`, unless the realm has that many active dynamic clients.
   */
  | { readonly kind: 'client.restore'; readonly client: DynamicClient; readonly mostActive?: number }
  /** Uses an initial access token once, if it is not revoked, expired or used up. */
  | {
      readonly kind: 'initial-access-token.use';
      readonly realm: string;
      readonly hash: string;
      readonly at: Instant;
    }
  /** Deletes what is kept to restore an expired client, if something is kept. */
  | { readonly kind: 'client.forget'; readonly realm: string; readonly id: string }
  /** Adds an initial access token, unless the realm has one with its id or its hash. */
  | { readonly kind: 'initial-access-token.insert'; readonly token: InitialAccessToken }
  /** Revokes an initial access token, unless it was revoked before. */
  | {
      readonly kind: 'initial-access-token.revoke';
      readonly realm: string;
      readonly id: string;
      readonly at: Instant;
    }
  /** Adds a realm as version 1, unless its id or its issuer is in use. */
  | { readonly kind: 'realm.insert'; readonly realm: RealmRecord }
  /** Replaces the realm with this id, except for its issuer, if it still has the version that the change is based on. */
  | { readonly kind: 'realm.replace'; readonly realm: RealmRecord; readonly expectedVersion: number }
  /** Ends all grants of a client. Without a condition. */
  | {
      readonly kind: 'grant.end-all';
      readonly realm: string;
      readonly clientId: string;
      readonly at: Instant;
    }
  /** Records an event. Without a condition. */
  | { readonly kind: 'event.append'; readonly event: AuditEvent };

/** Why a change was not made. */
export type CoreUnmet =
  | { readonly kind: 'quota.reserve'; readonly retryAfter: Seconds }
  /** `exists`: the realm has a client with this id. `full`: it has too many active clients. */
  | { readonly kind: 'client.insert'; readonly reason: 'exists' | 'full' }
  /** The client of the earlier registration. */
  | { readonly kind: 'client.insert'; readonly reason: 'duplicate'; readonly client: Client }
  | { readonly kind: 'client.replace'; readonly reason: 'stale' | 'missing' }
  | { readonly kind: 'client.remove'; readonly reason: 'stale' | 'missing' }
  | { readonly kind: 'client.expire'; readonly reason: 'stale' | 'missing' }
  | { readonly kind: 'client.restore'; readonly reason: 'exists' | 'missing' | 'full' }
  | { readonly kind: 'client.forget' }
  | { readonly kind: 'initial-access-token.use' }
  | { readonly kind: 'initial-access-token.insert' }
  | { readonly kind: 'initial-access-token.revoke'; readonly reason: 'missing' | 'revoked' }
  | { readonly kind: 'realm.insert' }
  | { readonly kind: 'realm.replace'; readonly reason: 'stale' | 'missing' };

/**
 * The result of a commit.
 *
 * @typeParam Unmet the conditions that can fail
 */
export type CommitOutcome<Unmet> =
  | { readonly committed: true }
  /** A condition failed, so nothing was changed: that of the change at this index, the first in their order. */
  | { readonly committed: false; readonly index: number; readonly unmet: Unmet };

/** Those of the conditions in `Unmet` that changes of the type `Change` have. */
export type UnmetOf<
  Unmet extends { readonly kind: string },
  Change extends { readonly kind: string },
> = Extract<Unmet, { readonly kind: Change['kind'] }>;

/**
 * Makes all changes of a request at once: all of them, or none if the condition of one fails. Conditions are checked in the
 * order of the changes, and each sees the changes before it. `committed` means durable: the changes survive a crash directly
 * afterwards. Of concurrent commits each sees all changes of those before it, so exactly as many are made as their conditions
 * allow. Reads no clock.
 *
 * @typeParam AnyChange what can be changed
 * @typeParam AnyUnmet the conditions that can fail
 * @throws StoreUnavailable if the store cannot write at the moment; it is unknown whether the changes were made, but they were
 * made together or not at all
 */
export type CommitOf<
  AnyChange extends { readonly kind: string },
  AnyUnmet extends { readonly kind: string },
> = <Change extends AnyChange>(
  changes: readonly Change[],
) => Promise<CommitOutcome<UnmetOf<AnyUnmet, Change>>>;

/** Commits changes of what `core` stores: see {@link CommitOf}. */
export type Commit = (changes: readonly CoreChange[]) => Promise<CommitOutcome<CoreUnmet>>;

/** The changes that a registrar makes. */
export type RegistrationChange = Extract<
  CoreChange,
  {
    readonly kind:
      | 'quota.reserve'
      | 'client.insert'
      | 'client.replace'
      | 'client.remove'
      | 'grant.end-all'
      | 'initial-access-token.use'
      | 'event.append';
  }
>;

/** Commits changes that a registrar makes: see {@link CommitOf}. */
export type CommitRegistrations = (
  changes: readonly RegistrationChange[],
) => Promise<CommitOutcome<CoreUnmet>>;
