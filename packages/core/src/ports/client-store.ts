import type { ExpiredClient } from '../client/expired-client.ts';
import type { AuditEvent } from '../audit/event.ts';
import type { StoredClient } from '../client/stored-client.ts';
import type { Instant } from '../time.ts';
import type { Page, PageRequest } from './page.ts';

/** What became of a client that was to be added. */
export type ClientInsertion =
  | { readonly outcome: 'inserted' }
  /** The realm has a client of this id; nothing changed. */
  | { readonly outcome: 'exists' }
  /** The same registration came a moment ago: this is the client of it, and nothing changed. */
  | { readonly outcome: 'coalesced'; readonly client: StoredClient };

/** In which way a client's time may be over. */
export type DueKind =
  /** Never used, and registered at that moment or before. */
  | 'unused'
  /** Used and awake, the last time at that moment or before. */
  | 'dormant'
  /** Put to sleep at that moment or before. */
  | 'asleep';

/** Keeps clients, those that introduced themselves and those that an operator made. Every method is atomic; none reads a clock. */
export interface ClientStore {
  /**
   * Adds a client as version 1. Never overwrites: where the realm has a client of this id the answer is `exists`.
   * `inserted` means durable: it survives a crash that follows at once.
   *
   * With `duplicateSince` the client is added only if the realm has none of the same fingerprint that was registered after
   * that moment and is not blocked; otherwise the newest of those is given back. Of many of one fingerprint at once exactly
   * one is added, and the others are given that one.
   *
   * The events are recorded in the same transaction, if the client is added: both are kept, or neither is.
   */
  insert(
    client: StoredClient,
    duplicateSince?: Instant,
    events?: readonly AuditEvent[],
  ): Promise<ClientInsertion>;
  /**
   * The client of this id in this realm. A copy: changing it changes nothing stored. The id may be any text that a
   * stranger sent.
   */
  find(realm: string, id: string): Promise<StoredClient | undefined>;
  /** The newest client of this fingerprint that was registered after `since` and is not blocked. */
  findDuplicate(realm: string, fingerprint: string, since: Instant): Promise<StoredClient | undefined>;
  /** A realm's clients, in an order that stays. */
  list(realm: string, page: PageRequest): Promise<Page<StoredClient>>;
  /**
   * Puts a client in the place of the one of this id, if that still has the version that the change was made from: of two
   * changes at once one is `stale`. It becomes version `expectedVersion + 1`.
   */
  replace(next: StoredClient, expectedVersion: number): Promise<'replaced' | 'stale' | 'missing'>;
  /** Notes that a client was used, and wakes it. It becomes the next version. */
  touch(realm: string, id: string, at: Instant): Promise<'touched' | 'missing'>;
  /**
   * Deletes a client; with `expectedVersion` only where it still has that version. Without a version what is kept of an
   * expired client of this id is deleted, too. Its id is never used again.
   */
  remove(realm: string, id: string, expectedVersion?: number): Promise<'removed' | 'stale' | 'missing'>;
  /**
   * How many of the clients of a realm that introduced themselves are awake: exact up to `atMost`, which is the most it
   * says.
   */
  countAwake(realm: string, atMost: number): Promise<number>;
  /**
   * Clients whose time is over, at most `limit` of them, those first whose time was over first. Those that are
   * blocked or that an operator made are never among them: they stay until an operator deletes them.
   */
  findDue(realm: string, kind: DueKind, until: Instant, limit: number): Promise<readonly StoredClient[]>;
  /**
   * Deletes a client if it still has this version, and keeps what can restore it, as one change. What was kept under its
   * id is replaced.
   */
  expire(expired: ExpiredClient, expectedVersion: number): Promise<'expired' | 'stale' | 'missing'>;
  /** What is kept of the expired client of this id. */
  findExpired(realm: string, id: string): Promise<ExpiredClient | undefined>;
  /** What is kept of a realm's expired clients, in the order of their ids. */
  listExpired(realm: string, page: PageRequest): Promise<Page<ExpiredClient>>;
  /**
   * Adds a client as version 1 in place of what was kept of it, as one change: of many at once one has `restored` it.
   * `missing` if nothing is kept under its id, or a client has that id: nothing changed.
   */
  restore(client: StoredClient): Promise<'restored' | 'missing'>;
  /**
   * Deletes what is kept of expired clients of a realm: of those that expired at `until` or before, and of all but the
   * `keep` that expired last. At most `limit` of them, the first that expired first. Returns how many.
   */
  forgetExpired(realm: string, until: Instant, keep: number, limit: number): Promise<number>;
}
