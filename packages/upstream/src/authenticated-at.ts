import type { Instant } from '@vestibule/core';
import type { Claims } from './person.ts';

/**
 * When a person signed in at the provider. It is computed from how old the sign-in was when the ID token was made, which is
 * a moment ago, so that the clocks of both need not agree. Both times are whole seconds, so the age may be a second less.
 *
 * @param now when the ID token was received
 * @returns `undefined` if the provider does not say
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#IDToken OIDC Core §2, auth_time}
 */
export function authenticatedAt({ auth_time: at, iat }: Claims, now: Instant): Instant | undefined {
  if (!isSeconds(at) || !isSeconds(iat)) return undefined;
  return now - Math.max(0, iat - at - 1) * 1_000;
}

const isSeconds = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value);
