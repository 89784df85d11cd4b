import { askGates } from '@vestibule/core';
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { BridgeContext } from '../bridge-context.ts';
import { findCurrent } from '../client/current-client.ts';
import { isGrantGood } from './require-grant.ts';

/** What is needed of a token that is introspected. `scope` is written: the response then has the scopes that are still open. */
export interface IntrospectedToken {
  readonly clientId?: string | undefined;
  readonly grantId?: string | undefined;
  readonly aud?: string | readonly string[] | undefined;
  readonly kind: string;
  scope?: string | undefined;
}

/**
 * Whether a token is still good for its API, with its scopes narrowed to those that are open now. `true` for tokens of clients that
 * did not register themselves.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7662#section-2.2 RFC 7662 §2.2}
 */
export async function narrowIntrospected(
  context: BridgeContext,
  ctx: KoaContextWithOIDC,
  token: IntrospectedToken,
): Promise<boolean> {
  const { clientId } = token;
  if (clientId === undefined) return true;
  const current = await findCurrent(context, clientId);
  if (current === undefined) return isOfProvider(ctx, clientId);
  if (current.standing.kind !== 'good' || token.kind !== 'AccessToken') return false;
  if (!(await isGrantGood(context, token.grantId, clientId))) return false;
  const { realm, client } = current;
  const [resource, ...more] = [token.aud ?? []].flat();
  if (resource === undefined || more.length > 0) return false;
  const verdict = askGates({ realm, client, resource, requested: token.scope?.split(' ') ?? [] });
  if (!verdict.open) return false;
  token.scope = verdict.scopes.join(' ');
  return true;
}

/** Whether the client of a token exists. oidc-provider responds with a server error to a token of a client that does not. */
async function isOfProvider(ctx: KoaContextWithOIDC, clientId: string): Promise<boolean> {
  return (await ctx.oidc.provider.Client.find(clientId)) !== undefined;
}
