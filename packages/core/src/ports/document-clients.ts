import type { Client, MetadataDocumentClient } from '../client/client.ts';
import type { Realm } from '../realm/realm.ts';
import type { Refusal } from '../refusal.ts';
import type { CountedNetwork } from '../registration/networks.ts';
import type { RegistrationSource } from '../registration/registration-source.ts';
import type { Seconds } from '../time.ts';
import type { RegistrationVerifier } from './registration-verifier.ts';

/** Keeps clients with metadata documents in the store as their documents describe them. */
export interface DocumentClients extends RegistrationVerifier {
  /**
   * The client with this `client_id` as its document describes it: fetches the document if the client is unknown, or if its copy is
   * not fresh any more.
   *
   * @param found the client with this id, as it was just read
   * @param source whose request needs the client, for limits
   */
  obtain(
    realm: Realm,
    clientId: string,
    found: Client | undefined,
    source: RegistrationSource,
  ): Promise<Obtained>;
  /**
   * Has the document of a client fetched again if its copy is not fresh any more, without waiting for it. For requests that a slow or
   * broken host must not delay.
   */
  refresh(realm: Realm, client: MetadataDocumentClient): void;
  /** Fetches the keys at a URL that a document names, within limits like those of documents. */
  fetchKeys(wanted: WantedKeys): Promise<KeysFetched>;
}

/** Whose keys are fetched, and because of whose request: for limits on what strangers can cause. */
export interface KeysCause {
  /** The URL of the document that names the keys. */
  readonly clientId: string;
  /** Those of the request that waits for the keys. */
  readonly networks: readonly CountedNetwork[];
}

/** The keys to fetch. */
export interface WantedKeys {
  readonly url: string;
  /** The largest acceptable body, in bytes. */
  readonly maxBytes: number;
  readonly cause: KeysCause;
}

/** What became of fetching keys. */
export type KeysFetched =
  /** `body` is the parsed JSON: any value. */
  | { readonly ok: true; readonly body?: unknown }
  /**
   * `reason` is a word, such as `timeout`; `detail` a sentence. Both are for the operator. `governed`: a limit was reached, and nothing
   * was fetched.
   */
  | { readonly ok: false; readonly reason: string; readonly detail: string };

/** Whether a client could be obtained. */
export type Obtained =
  /** Nothing was fetched for this id: it is not a URL, an operator registered it, or the realm is closed to documents. */
  | { readonly outcome: 'other' }
  /** The client as its document describes it now. */
  | { readonly outcome: 'current'; readonly client: MetadataDocumentClient }
  /** The document cannot be fetched at the moment. The client as it was described before. */
  | { readonly outcome: 'stale'; readonly client: MetadataDocumentClient }
  /** The URL or the document is not acceptable. */
  | { readonly outcome: 'refused'; readonly refusal: Refusal }
  /** The document cannot be fetched at the moment, and no earlier copy is good enough. */
  | { readonly outcome: 'unavailable'; readonly retryAfter: Seconds }
  /** Too many documents. */
  | { readonly outcome: 'limited'; readonly retryAfter: Seconds };
