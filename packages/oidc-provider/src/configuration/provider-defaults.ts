import type { Client, KoaContextWithOIDC, RefreshToken } from 'oidc-provider';

// What oidc-provider 9 does by itself for clients that did not register themselves. A configuration that sets a function for
// self-registered clients replaces its default for all clients, so the defaults are repeated here.

const YEAR = 365.25 * 86_400;

/** `pkce.required` */
export function isPkceRequired(ctx: KoaContextWithOIDC, client: Client): boolean {
  if (client.clientAuthMethod === 'none') return true;
  const profile = ctx.oidc.isFapi('2.0', '1.0 Final');
  return profile === '2.0' || (profile !== undefined && ctx.oidc.route === 'pushed_authorization_request');
}

/** `issueRefreshToken` */
export const isRefreshable = (client: Client, source: { readonly scopes: ReadonlySet<string> }): boolean =>
  client.grantTypeAllowed('refresh_token') && source.scopes.has('offline_access');

/** `rotateRefreshToken` */
export function isRotated(token: RefreshToken, client: Client): boolean {
  if (token.totalLifetime() >= YEAR) return false;
  if (client.clientAuthMethod === 'none' && !token.isSenderConstrained()) return true;
  return token.ttlPercentagePassed() >= 70;
}

/** `ttl.RefreshToken`, in seconds */
export function refreshTokenLifetime(ctx: KoaContextWithOIDC, token: RefreshToken, client: Client): number {
  const rotated = ctx.oidc.entities.RotatedRefreshToken;
  const isBrowsers = client.applicationType === 'web' && client.clientAuthMethod === 'none';
  if (rotated !== undefined && isBrowsers && !token.isSenderConstrained()) return rotated.remainingTTL;
  return 14 * 86_400;
}

/** `features.introspection.allowedPolicy` */
export const mayIntrospect = (client: Client, token: { readonly clientId?: string | undefined }): boolean =>
  client.clientAuthMethod !== 'none' || token.clientId === client.clientId;
