import type { ApplicationType, DynamicGrantType } from '../metadata/client-metadata.ts';
import type { Instant } from '../time.ts';

/**
 * A client that introduced itself, as stores keep it. It holds no secret, because it has none.
 * Its text was cleaned when it registered and is still a stranger's: escape it wherever it is shown.
 */
export interface StoredClient {
  readonly realm: string;
  /** The `client_id`: URL-safe, never reused. */
  readonly id: string;
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
}

/** What a client says of itself to people who read one language. */
export interface ClientTranslation {
  readonly name?: string;
  readonly clientUri?: string;
  readonly logoUri?: string;
  readonly tosUri?: string;
  readonly policyUri?: string;
}
