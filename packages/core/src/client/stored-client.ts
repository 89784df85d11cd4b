import type { ApplicationType, DynamicGrantType } from '../metadata/client-metadata.ts';
import type { Preregistration } from './preregistration.ts';
import type { ClientBounds } from '../registration/initial-access-token.ts';
import type { Instant } from '../time.ts';

/**
 * A stored client. It is a dynamic client unless it has a {@link Preregistration}. It contains no secret. Its texts were
 * cleaned at registration but come from the client: escape them wherever they are displayed.
 */
export interface StoredClient {
  readonly realm: string;
  /** The `client_id`: URL-safe, never reused. */
  readonly id: string;
  /** Begins at 1 and grows with every change. */
  readonly version: number;
  /** An unverified claim, displayed with [unverified]. */
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
  readonly issuedAt: Instant;
  /** The bounds of its initial access token. They also apply to updates. */
  readonly bounds?: ClientBounds;
  /** The signed statement of its registration, unchanged. */
  readonly softwareStatement?: string;
  /** The `iss` of that statement. Whether the issuer is still trusted depends on the settings of the realm. */
  readonly vouchedBy?: string;
  /** The id of its initial access token. */
  readonly initialAccessTokenId?: string;
  /** The hash of its registration access token. */
  readonly registrationAccessTokenHash?: string;
  /** Equal for duplicate registrations from the same network. */
  readonly fingerprint?: string;
  /** When a person last approved it or it last got a token, accurate to about an hour. Absent: never. */
  readonly lastUsedAt?: Instant;
  /** When it was hibernated. Absent: it is not hibernated. */
  readonly hibernatedAt?: Instant;
  /** When an operator blocked it. */
  readonly blockedAt?: Instant;
  /** The decisions of the operator who created it. Absent: it is a dynamic client, and all rules for such clients apply. */
  readonly preregistration?: Preregistration;
}

/** The claims of a client in one language. */
export interface ClientTranslation {
  readonly name?: string;
  readonly clientUri?: string;
  readonly logoUri?: string;
  readonly tosUri?: string;
  readonly policyUri?: string;
}
