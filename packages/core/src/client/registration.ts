import type { ClientBounds } from '../registration/initial-access-token.ts';
import type { Instant } from '../time.ts';

/** What is stored of the registration (RFC 7591) by which a client became a dynamic client, and of what became of it. */
export interface Registration {
  /** What the initial access token named that it registered with. An update is held to it, too. */
  readonly bounds?: ClientBounds;
  /** The id of the initial access token it registered with. */
  readonly initialAccessTokenId?: string;
  /** The signed statement it came with, unchanged. */
  readonly softwareStatement?: string;
  /** The statement issuer, as its `iss`. Whether it still counts, the realm decides. */
  readonly vouchedBy?: string;
  /** Hash of its registration access token. Absent: it cannot manage its registration (RFC 7592). */
  readonly accessTokenHash?: string;
  /** Equal for registrations that ask for the same from the same network. */
  readonly fingerprint?: string;
  /** When it was hibernated. Absent: it is not. */
  readonly hibernatedAt?: Instant;
}
