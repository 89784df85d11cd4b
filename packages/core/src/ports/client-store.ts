import type { ExpiredClient } from '../client/expired-client.ts';
import type { Client, DynamicClient, MetadataDocumentClient } from '../client/client.ts';
import type { Instant } from '../time.ts';
import type { Page, PageRequest } from './page.ts';

/** The result of adding a client. */
export type ClientInsertion =
  | { readonly outcome: 'inserted' }
  /** The realm has a client with this id; nothing changed. */
  | { readonly outcome: 'exists' }
  /** A duplicate: this is the stored client of an earlier registration, and nothing changed. */
  | { readonly outcome: 'coalesced'; readonly client: Client };

/** The periods after which a client is due. */
export type DueKind =
  /** Never used, and registered at that time or before. */
  | 'unused'
  /** Not hibernated, and last used at that time or before. */
  | 'dormant'
  /** Hibernated at that time or before. */
  | 'asleep';

/** When clients with metadata documents are not needed any more. */
export interface DocumentsDue {
  /** Those that were never used: stored at that time or before. */
  readonly unused: Instant;
  /** Those that were used: last used at that time or before. */
  readonly used: Instant;
}

/** Stores clients of all kinds. Every method is atomic; none reads a clock. */
export interface ClientStore {
  /**
   * Adds a client as version 1. Never overwrites: returns `exists` if the realm has a client with this id. `inserted` means
   * durable: the client survives a crash directly afterwards.
   *
   * With `duplicateSince` the client is added only if the realm has no unblocked client with the same fingerprint that was
   * registered after that time; otherwise returns the newest of those. Of concurrent calls with one fingerprint exactly one
   * adds its client, and the others return it.
   */
  insert(client: Client, duplicateSince?: Instant): Promise<ClientInsertion>;
  /** The client with this id in this realm, as a copy. The id may be any text from a request. */
  find(realm: string, id: string): Promise<Client | undefined>;
  /** The newest unblocked client with this fingerprint that was registered after `since`. */
  findDuplicate(realm: string, fingerprint: string, since: Instant): Promise<Client | undefined>;
  /** The clients of a realm, in a stable order. */
  list(realm: string, page: PageRequest): Promise<Page<Client>>;
  /**
   * Replaces the client with this id if it still has the version that the change is based on: of two concurrent changes one
   * is `stale`. The new version is `expectedVersion + 1`.
   */
  replace(next: Client, expectedVersion: number): Promise<'replaced' | 'stale' | 'missing'>;
  /** Records a use of a client, and reactivates it if it is hibernated. Increments the version. */
  touch(realm: string, id: string, at: Instant): Promise<'touched' | 'missing'>;
  /**
   * Deletes a client; with `expectedVersion` only if it still has that version. Without a version, also deletes what is kept
   * to restore an expired client with this id. The id is never used again.
   */
  remove(realm: string, id: string, expectedVersion?: number): Promise<'removed' | 'stale' | 'missing'>;
  /**
   * The number of dynamic clients of the realm that are not hibernated: exact up to `atMost`, which is also the largest
   * result.
   */
  countAwake(realm: string, atMost: number): Promise<number>;
  /**
   * The number of clients of the realm with metadata documents that are not blocked: exact up to `atMost`, which is also the
   * largest result.
   */
  countDocuments(realm: string, atMost: number): Promise<number>;
  /**
   * Dynamic clients whose period is over, at most `limit` of them, in the order in which they became due. Blocked clients and
   * clients of other kinds are never among them; they stay until an operator deletes them.
   */
  findDue(realm: string, kind: DueKind, until: Instant, limit: number): Promise<readonly DynamicClient[]>;
  /**
   * Clients with metadata documents that are not needed any more, at most `limit` of them: those that were used or stored first come
   * first. Blocked clients are never among them.
   */
  findDocumentsDue(
    realm: string,
    until: DocumentsDue,
    limit: number,
  ): Promise<readonly MetadataDocumentClient[]>;
  /**
   * Deletes a client if it still has this version, and keeps what can restore it, in one transaction. Replaces what was kept
   * for its id before.
   */
  expire(expired: ExpiredClient, expectedVersion: number): Promise<'expired' | 'stale' | 'missing'>;
  /** What is kept of the expired client with this id. */
  findExpired(realm: string, id: string): Promise<ExpiredClient | undefined>;
  /** What is kept of the expired clients of a realm, ordered by id. */
  listExpired(realm: string, page: PageRequest): Promise<Page<ExpiredClient>>;
  /**
   * Adds a client as version 1 and removes what was kept of it, in one transaction: of concurrent calls one has `restored`
   * it. `missing` if nothing is kept for its id or a client has that id; nothing changed.
   */
  restore(client: DynamicClient): Promise<'restored' | 'missing'>;
  /**
   * Deletes what is kept of expired clients of a realm: of those that expired at `until` or before, and of all but the
   * `keep` that expired last. Deletes at most `limit`, oldest expiry first. Returns how many.
   */
  forgetExpired(realm: string, until: Instant, keep: number, limit: number): Promise<number>;
}
