import type { ClientBounds } from '../registration/initial-access-token.ts';
import type { Instant } from '../time.ts';

/** The stored registration (RFC 7591) of a dynamic client, and its later state. */
export interface Registration {
  /** The bounds of its initial access token. They also apply to updates. */
  readonly bounds?: ClientBounds;
  /** The id of its initial access token. */
  readonly initialAccessTokenId?: string;
  /** The signed statement of its registration, unchanged. */
  readonly softwareStatement?: string;
  /** The `iss` of that statement. Whether the issuer is still trusted depends on the settings of the realm. */
  readonly vouchedBy?: string;
  /** The hash of its registration access token. Absent: it cannot manage its registration (RFC 7592). */
  readonly accessTokenHash?: string;
  /** Equal for duplicate registrations from the same network. */
  readonly fingerprint?: string;
  /** When it was hibernated. Absent: it is not hibernated. */
  readonly hibernatedAt?: Instant;
}
