import type { Client, MetadataDocumentClient } from '../client/client.ts';
import type { Realm } from '../realm/realm.ts';
import type { RegistrationSource } from '../registration/registration-source.ts';

/**
 * Verifies registered clients by metadata documents: a document verifies a client at a redirect URI if it is on the same host, is
 * accepted by the realm, and has the name and all redirect URIs of the client.
 */
export interface RegistrationVerifier {
  /**
   * Has the documents fetched that could verify a client at this redirect URI, at most two, until one does. Fails in no way: a
   * client that cannot be verified is unverified, as any other.
   *
   * @param source whose request needs the client, for limits
   * @returns what became of each of them, in order; the last one verifies the client if any does
   */
  verify(
    realm: Realm,
    client: Client,
    redirectUri: string,
    source: RegistrationSource,
  ): Promise<readonly Verification[]>;
  /**
   * The client of the document that verifies a client at this redirect URI now, as far as the store knows. Fetches nothing.
   *
   * @param document only the one with this URL @default any
   */
  verifierOf(
    realm: Realm,
    client: Client,
    redirectUri: string,
    document?: string,
  ): Promise<MetadataDocumentClient | undefined>;
}

/** Whether a document verifies a client, or why not. */
export type Verification =
  | { readonly ok: true; readonly verifier: MetadataDocumentClient }
  | {
      readonly ok: false;
      /** The URL of the document. */
      readonly document: string;
      readonly reason: UnverifiedReason;
      /** What is wrong with the document, for developers, if its reason is `refused`. */
      readonly detail?: string;
    };

/** Why a document does not verify a client. */
export type UnverifiedReason =
  /** A redirect URI of the client is not in the document. */
  | 'redirect-uris'
  /** A name of the client is not in the document. */
  | 'name'
  /** The document is not acceptable. */
  | 'refused'
  /** The document cannot be fetched, or could not a few minutes ago. */
  | 'unavailable'
  /** Too many documents were fetched. */
  | 'limited'
  /** An operator blocked the client of the document, or gave its URL to another client. */
  | 'overruled';
