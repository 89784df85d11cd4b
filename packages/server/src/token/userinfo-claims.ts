import type { StoredPerson } from '../ports/person-store.ts';

/** @see {@link https://openid.net/specs/openid-connect-core-1_0.html#StandardClaims OIDC Core §5.1} */
export interface PersonClaims {
  readonly sub: string;
  readonly name?: string;
  readonly preferred_username?: string;
  readonly email?: string;
  readonly email_verified?: boolean;
}

/**
 * The claims about a person that the granted scopes include.
 *
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#ScopeClaims OIDC Core §5.4}
 */
export function claimsOf(
  { subject, name, username, email, emailVerified = false }: StoredPerson,
  scopes: readonly string[],
): PersonClaims {
  return {
    sub: subject,
    ...(scopes.includes('profile') && { name, preferred_username: username }),
    ...(scopes.includes('email') && email !== undefined && { email, email_verified: emailVerified }),
  };
}
