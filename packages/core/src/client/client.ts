import type { ApplicationType, DynamicGrantType } from '../metadata/client-metadata.ts';
import type { Instant } from '../time.ts';
import type { Preregistration } from './preregistration.ts';
import type { Registration } from './registration.ts';

/**
 * A client, by the way in which it became known. Code asks for the kind, and never whether some member is absent. No client
 * holds a secret.
 */
export type Client = SelfRegisteredClient | PreregisteredClient;

export type ClientKind = Client['kind'];

/** A client that speaks for itself: what it says is its own claim, and the policy, the gates and the five rules bind it. */
export type SelfRegisteredClient = DynamicClient | MetadataDocumentClient;

/**
 * A client that registered itself. It alone ages: it expires if it is not used, and is hibernated if it is dormant.
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
  /** Until when the metadata counts without another look at the document. */
  readonly expiresAt: Instant;
  readonly etag?: string;
  /** Hash of the metadata: another one means that the client has changed. */
  readonly fingerprint: string;
}

/** What clients of all kinds have. The text of a self-registered client is a stranger's, cleaned: escape it on display. */
export interface ClientCore {
  readonly realm: string;
  /** The `client_id`: never reused. */
  readonly id: string;
  /** 1 at first; increases with every change. */
  readonly version: number;
  /** Displayed with [unverified] unless an operator or a statement issuer stands behind it. */
  readonly name: string;
  readonly redirectUris: readonly string[];
  readonly grantTypes: readonly DynamicGrantType[];
  readonly applicationType: ApplicationType;
  /** The scopes it may ask for at most. Absent: it named none that it could have, and only the gates bound it. */
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
  /** When it became known: registered, fetched for the first time, or created. */
  readonly issuedAt: Instant;
  /**
   * When a person last approved it or it last got a token, to the hour or so. Absent: never. Of every kind, because an
   * operator wants to know which clients are in use; only dynamic clients age by it.
   */
  readonly lastUsedAt?: Instant;
  /** When an operator blocked it. Of every kind: an operator may block any client. */
  readonly blockedAt?: Instant;
}

/** What a client says of itself to people who read one language. */
export interface ClientTranslation {
  readonly name?: string;
  readonly clientUri?: string;
  readonly logoUri?: string;
  readonly tosUri?: string;
  readonly policyUri?: string;
}

/** Whether a client speaks for itself. Otherwise an operator speaks for it. */
export const isSelfRegistered = (client: Client): client is SelfRegisteredClient =>
  client.kind !== 'pre-registered';

const NONE: Registration = {};

/** What is stored of a client's registration: nothing, if the client is of another kind. */
export const registrationOf = (client: Client): Registration =>
  client.kind === 'dynamic' ? client.registration : NONE;
