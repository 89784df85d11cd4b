import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import type { BridgeContext } from '../bridge-context.ts';
import { requireGates } from './ask-gates.ts';
import { idleLifetime, keepLifetime } from './idle-lifetime.ts';
import { requireGrant } from './require-grant.ts';

/**
 * Asks the gates before oidc-provider consumes a refresh token. Otherwise a refresh that a closed gate refuses would use up the token,
 * and the next one would end the grant as a replay.
 *
 * @throws an error of oidc-provider if a gate is closed
 */
export async function requireRefresh(context: BridgeContext, ctx: KoaContextWithOIDC): Promise<void> {
  const { RefreshToken: token } = ctx.oidc.entities;
  const resource = token?.resource;
  if (token === undefined || typeof resource !== 'string') throw new errors.InvalidTarget();
  const asked = ctx.oidc.params?.['resource'];
  if (asked !== undefined && asked !== resource) throw new errors.InvalidTarget();
  await requireGrant(context, token.grantId, token.clientId ?? '');
  const { realm, client } = await requireGates(context, {
    clientId: token.clientId ?? '',
    resource,
    requested: token.scope?.split(' ') ?? [],
  });
  keepLifetime(ctx, idleLifetime(client, realm));
}
