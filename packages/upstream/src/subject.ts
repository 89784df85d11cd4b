import { hash } from 'node:crypto';

/**
 * The subject here of a person of a provider: a hash of the provider's issuer and of their `sub` there, and of nothing else. Two people
 * are the same exactly if both are: names and email addresses change and are given to others.
 *
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#ClaimStability OIDC Core §5.7}
 */
export const subjectOf = (issuer: string, sub: string): string =>
  hash('sha256', JSON.stringify([issuer, sub]), 'base64url');
