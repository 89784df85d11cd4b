import type { ApplicationType, DynamicGrantType } from '../metadata/client-metadata.ts';
import type { Instant, Seconds } from '../time.ts';
import type { DocumentAuthentication } from './document-authentication.ts';
import type { Preregistration } from './preregistration.ts';
import type { Registration } from './registration.ts';

/** A client, by its kind. Code checks the kind, never the absence of a member. No client contains a secret. */
export type Client = SelfRegisteredClient | PreregisteredClient;

/** How a client became known: by registration, by a metadata document, or by an operator. */
export type ClientKind = Client['kind'];

/** A client that makes its own claims: the policy, the gates and the five rules apply to it. */
export type SelfRegisteredClient = DynamicClient | MetadataDocumentClient;

/**
 * A client that registered itself. Only this kind ages: it expires if it is not used, and is hibernated if it is dormant.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591 RFC 7591}
 */
export interface DynamicClient extends ClientCore {
  readonly kind: 'dynamic';
  readonly registration: Registration;
}

/**
 * A client whose `client_id` is the address of a document with its metadata. No source of this package finds such clients.
 *
 * @see {@link https://datatracker.ietf.org/doc/draft-ietf-oauth-client-id-metadata-document/ Client ID Metadata Document}
 */
export interface MetadataDocumentClient extends ClientCore {
  readonly kind: 'metadata-document';
  readonly document: ClientDocument;
}

/** A client that an operator created. The gates do not apply to it, and only an operator deletes it. */
export interface PreregisteredClient extends ClientCore {
  readonly kind: 'pre-registered';
  readonly terms: Preregistration;
}

/** The document that the metadata of a client was read from. */
export interface ClientDocument {
  readonly uri: string;
  readonly fetchedAt: Instant;
  /** When the document has to be fetched again. */
  readonly expiresAt: Instant;
  readonly etag?: string;
  /** It was read from a snapshot in the settings, because it could not be fetched; `fetchedAt` is when that was tried. */
  readonly isSnapshot?: true;
  /** The hash of the metadata. Another hash means that the client has changed. */
  readonly fingerprint: string;
  /** How the client authenticates. Absent in documents from before this was stored: it is public. */
  readonly authentication?: DocumentAuthentication;
  /**
   * For how long after `expiresAt` the host lets the copy be used for new authorizations if the document cannot be fetched, in
   * seconds. Absent: the host does not say.
   */
  readonly staleFor?: Seconds;
}

/**
 * The members of all kinds of clients. The texts of a self-registered client are cleaned but unverified: escape them
 * wherever they are displayed.
 */
export interface ClientCore {
  readonly realm: string;
  /** The `client_id`: never reused. */
  readonly id: string;
  /** Begins at 1 and increases with every change. */
  readonly version: number;
  /** Displayed with [unverified] unless an operator or a statement issuer confirmed it. */
  readonly name: string;
  readonly redirectUris: readonly string[];
  readonly grantTypes: readonly DynamicGrantType[];
  readonly applicationType: ApplicationType;
  /**
   * The scopes that it can request at most. Absent: it named no available scope at registration, and only the gates limit
   * it.
   */
  readonly scope?: readonly string[];
  readonly clientUri?: string;
  readonly logoUri?: string;
  readonly tosUri?: string;
  readonly policyUri?: string;
  readonly softwareId?: string;
  readonly softwareVersion?: string;
  readonly contacts?: readonly string[];
  /** The same claims in other languages, by canonical BCP 47 tag. */
  readonly translations?: Readonly<Record<string, ClientTranslation>>;
  /** When it was registered, fetched for the first time, or created. */
  readonly issuedAt: Instant;
  /**
   * When a person last approved it or it last got a token, accurate to about an hour. Absent: never. Stored for every kind,
   * so that operators see which clients are in use; only dynamic clients age by it.
   */
  readonly lastUsedAt?: Instant;
  /** When an operator blocked it. Clients of every kind can be blocked. */
  readonly blockedAt?: Instant;
}

/** The claims of a client in one language. */
export interface ClientTranslation {
  readonly name?: string;
  readonly clientUri?: string;
  readonly logoUri?: string;
  readonly tosUri?: string;
  readonly policyUri?: string;
}

/** Whether a client makes its own claims. Otherwise an operator decided about it. */
export const isSelfRegistered = (client: Client): client is SelfRegisteredClient =>
  client.kind !== 'pre-registered';

const NONE: Registration = {};

/** The stored registration of a client; empty for a client of another kind. */
export const registrationOf = (client: Client): Registration =>
  client.kind === 'dynamic' ? client.registration : NONE;
