import { errors, type KoaContextWithOIDC, type ResourceServer } from 'oidc-provider';
import type { BridgeContext } from '../bridge-context.ts';
import { openGrant } from '../consent/record-grant.ts';
import { requireGates } from './ask-gates.ts';
import { idleLifetime, keepLifetime } from './idle-lifetime.ts';
import { requireGrant } from './require-grant.ts';
import { requireProof } from './require-proof.ts';

/** `getResourceServerInfo` of a configuration. */
export type ResourceServerInfo = (
  ctx: KoaContextWithOIDC,
  resource: string,
  client: NonNullable<KoaContextWithOIDC['oidc']['client']>,
) => Promise<ResourceServer> | ResourceServer;

/**
 * The API of a token for a self-registered client. oidc-provider calls this at authorization, at the code exchange and at each refresh,
 * so the gates are asked at each. What the configuration of the provider says about the API stands, except for audience, scopes and a
 * longer lifetime.
 *
 * @throws an error of oidc-provider if the request names no API or several, or if a gate is closed
 * @see {@link https://www.rfc-editor.org/rfc/rfc8707#section-2 RFC 8707 §2}
 */
export async function resourceServerOf(
  context: BridgeContext,
  ctx: KoaContextWithOIDC,
  resource: string,
  client: NonNullable<KoaContextWithOIDC['oidc']['client']>,
  {
    theirs,
    areProofsRead,
  }: { readonly theirs: ResourceServerInfo | undefined; readonly areProofsRead: boolean },
): Promise<ResourceServer> {
  const { params = {}, route } = ctx.oidc;
  if (Array.isArray(params['resource']) && params['resource'].length > 1) {
    throw new errors.InvalidTarget('resource is repeated; a token is good for one API');
  }
  const isToken = route === 'token';
  if (isToken && params['authorization_details'] !== undefined) {
    throw new errors.InvalidRequest('authorization_details is not supported for this client');
  }
  const requested = isToken ? grantedScopes(ctx) : [...ctx.oidc.requestParamScopes];
  const isInteraction = route === 'resume';
  const {
    realm,
    client: current,
    api,
    scopes,
  } = await requireGates(context, {
    clientId: client.clientId,
    resource,
    requested,
    isInteraction,
  });
  if (isToken) {
    const { Grant: grant, AuthorizationCode: code } = ctx.oidc.entities;
    if (code !== undefined && grant !== undefined) await openGrant(context, grant.jti);
    await requireGrant(context, grant?.jti, client.clientId);
    // An ID token and a refresh token are made of the code, and must not have what was closed since, either.
    if (code?.scope !== undefined) code.scope = narrowed(code.scope, scopes);
  }
  requireProof(ctx, api, { isToken, areRead: areProofsRead });
  keepLifetime(ctx, idleLifetime(current, realm));
  const info = await theirs?.(ctx, resource, client);
  const { accessToken } = realm.settings.lifetimes;
  return {
    ...info,
    audience: api.resource,
    scope: scopes.join(' '),
    accessTokenTTL: Math.min(info?.accessTokenTTL ?? accessToken, accessToken),
  };
}

const narrowed = (scope: string, open: readonly string[]): string =>
  scope
    .split(' ')
    .filter((name) => open.includes(name))
    .join(' ');

/** The scopes of the code or the refresh token that is used. */
function grantedScopes(ctx: KoaContextWithOIDC): readonly string[] {
  const { AuthorizationCode: code, RefreshToken: refreshToken } = ctx.oidc.entities;
  const scope = (refreshToken ?? code)?.scope;
  return scope?.split(' ') ?? [];
}
