import type { ApplicationType, DynamicGrantType } from '../metadata/client-metadata.ts';
import type { Preregistration } from './preregistration.ts';
import type { ClientBounds } from '../registration/initial-access-token.ts';
import type { Instant } from '../time.ts';

/**
 * A client, as stores keep it: one that introduced itself, unless it has a {@link Preregistration}. It holds no secret.
 * Its text was cleaned when it registered and is still a stranger's: escape it wherever it is shown.
 */
export interface StoredClient {
  readonly realm: string;
  /** The `client_id`: URL-safe, never reused. */
  readonly id: string;
  /** 1 at first; grows with every change. */
  readonly version: number;
  /** A claim, shown with [unverified]. */
  readonly name: string;
  readonly redirectUris: readonly string[];
  readonly grantTypes: readonly DynamicGrantType[];
  readonly applicationType: ApplicationType;
  /**
   * The scopes it may ask for at most. Absent: it named none that could be had when it registered, and only the gates
   * bound it.
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
  readonly issuedAt: Instant;
  /** What the initial access token named that it registered with. An update is held to it, too. */
  readonly bounds?: ClientBounds;
  /** The signed statement it came with, unchanged. */
  readonly softwareStatement?: string;
  /** Who vouched for it with that statement: the issuer, as its `iss`. Whether that still counts, the realm says. */
  readonly vouchedBy?: string;
  /** The id of the initial access token it registered with. */
  readonly initialAccessTokenId?: string;
  /** Hash of the token it manages itself with. */
  readonly registrationAccessTokenHash?: string;
  /** The same for registrations that ask for the same from the same network. */
  readonly fingerprint?: string;
  /** When a person last approved it or it last got a token, to the hour or so. Absent: never. */
  readonly lastUsedAt?: Instant;
  /** When it was put to sleep. Absent: it is awake. */
  readonly hibernatedAt?: Instant;
  /** When an operator blocked it. */
  readonly blockedAt?: Instant;
  /** What an operator decided who made it. Absent: it introduced itself, and every rule for such clients binds it. */
  readonly preregistration?: Preregistration;
}

/** What a client says of itself to people who read one language. */
export interface ClientTranslation {
  readonly name?: string;
  readonly clientUri?: string;
  readonly logoUri?: string;
  readonly tosUri?: string;
  readonly policyUri?: string;
}
