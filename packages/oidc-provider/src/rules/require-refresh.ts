import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import type { BridgeContext } from '../bridge-context.ts';
import { requireGates } from './ask-gates.ts';
import { idleLifetime, keepLifetime } from './idle-lifetime.ts';
import { requireGrant } from './require-grant.ts';
import { requireProof } from './require-proof.ts';

/**
 * Asks the gates before oidc-provider consumes a refresh token. Otherwise a refresh that a closed gate refuses would use up the token,
 * and the next one would end the grant as a replay.
 *
 * @throws an error of oidc-provider if a gate is closed
 */
export async function requireRefresh(
  context: BridgeContext,
  ctx: KoaContextWithOIDC,
  areProofsRead: boolean,
): Promise<void> {
  const { RefreshToken: token } = ctx.oidc.entities;
  const resource = token?.resource;
  if (token === undefined || typeof resource !== 'string') throw new errors.InvalidTarget();
  const { params = {} } = ctx.oidc;
  if (params['resource'] !== undefined && params['resource'] !== resource) throw new errors.InvalidTarget();
  await requireGrant(context, token.grantId, token.clientId ?? '');
  // oidc-provider has checked that these are scopes of the token.
  const requested = typeof params['scope'] === 'string' ? params['scope'] : token.scope;
  const { realm, client, api, scopes } = await requireGates(context, {
    clientId: token.clientId ?? '',
    resource,
    requested: requested?.split(' ').filter((name) => name !== '') ?? [],
  });
  requireProof(ctx, api, { isToken: true, areRead: areProofsRead });
  // oidc-provider issues an ID token by the requested scopes, not by those of the access token.
  params['scope'] = scopes.join(' ');
  keepLifetime(ctx, idleLifetime(client, realm));
}
