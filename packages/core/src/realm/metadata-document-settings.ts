import type { Instant, Seconds } from '../time.ts';

/**
 * Settings for clients whose `client_id` is the URL of a document with their metadata. The policy of registration applies to the
 * documents, and the gates of APIs and scopes to the clients.
 *
 * @see {@link https://datatracker.ietf.org/doc/draft-ietf-oauth-client-id-metadata-document/ Client ID Metadata Document}
 */
export interface MetadataDocumentSettings {
  /** The first gate for them: documents are fetched, and the metadata says so. @default false */
  readonly open: boolean;
  /**
   * The hosts whose documents are accepted: `app.example`, `app.example:8443`, or `*.example`, which covers exactly one label.
   * Empty: any host.
   *
   * @default []
   */
  readonly allowedHosts: readonly string[];
  /**
   * The hosts whose documents are refused, which take precedence over allowed ones. Patterns as above; one without a port covers
   * every port.
   *
   * @default []
   */
  readonly refusedHosts: readonly string[];
  /** Documents that are refused, by their whole URL. @default [] */
  readonly refusedDocuments: readonly string[];
  /**
   * How long a client is used as its last document described it while the document cannot be fetched or is not accepted any more,
   * in seconds. Then its refresh tokens are refused. For new authorizations the host can make it shorter (`Cache-Control`).
   *
   * @default 604800, 7 days
   */
  readonly stale: Seconds;
  /**
   * Whether a document also verifies clients that registered: if it is on the website that a client sends people to, and has its
   * name and all of its redirect URIs, pages say so instead of [unverified]. Documents are fetched for registered clients then, at
   * their authorizations. Has no effect while `open` is false.
   *
   * @default false
   */
  readonly verifyRegistrations: boolean;
  /**
   * Copies of documents, at most 20, which are used while the document at their URL cannot be fetched, for example because its host
   * responds with a challenge for browsers. A refused document or host stays refused, and a document that can be fetched takes
   * precedence.
   *
   * @default []
   */
  readonly snapshots: readonly DocumentSnapshot[];
  readonly limits: MetadataDocumentLimits;
}

/** A copy of a document, which an operator stored. */
export interface DocumentSnapshot {
  /** The document as it is published. Its `client_id` is its URL. At most 5,120 characters as JSON. */
  readonly document: Readonly<Record<string, unknown>>;
  /**
   * When it was copied. What was fetched from the URL after that is used first, for as long as `stale` allows. Absent: whatever was
   * fetched is used first.
   *
   * @default none
   */
  readonly takenAt?: Instant;
}

/** Limits on documents. Beyond one, a page says that there are too many. */
export interface MetadataDocumentLimits {
  /** Documents of clients that were not known per hour from one address (IPv6: one /64). @default 30 */
  readonly perAddressPerHour: number;
  /** Documents of clients that were not known per day in the whole realm. @default 1000 */
  readonly perRealmPerDay: number;
  /** Documents of clients that were not known per day from one host. @default 100 */
  readonly perHostPerDay: number;
  /**
   * The largest number of stored clients with documents; concurrent requests can exceed it slightly. Known clients go on. @default 10000
   */
  readonly clients: number;
}
