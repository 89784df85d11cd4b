import type { Instant } from '@vestibule/core';

/**
 * How and when a person authenticated, as the sign-in reported it. The existence of a session does not prove it.
 *
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#IDToken OIDC Core §2, auth_time and amr}
 */
export interface Authentication {
  readonly at: Instant;
  /** @see {@link https://www.rfc-editor.org/rfc/rfc8176#section-2 RFC 8176 §2} */
  readonly methods: readonly string[];
}
