import { type Client, isSelfRegistered, matchesRedirectUri, parseRedirectUri } from '@vestibule/core';
import { isIssuersOwn, type Realm } from '@vestibule/core/realm';
import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import type { BridgeContext } from '../bridge-context.ts';
import { requireGates } from './ask-gates.ts';

/** The routes of an authorization in a browser. */
const RESUME = 'resume';

/**
 * Checks an authorization request of a self-registered client against the five rules, whatever the configuration, a request object or a
 * pushed request say. It is asked before a person is involved, and again before each response.
 *
 * @throws an error of oidc-provider
 */
export async function requireRules(context: BridgeContext, ctx: KoaContextWithOIDC): Promise<void> {
  const { params = {}, client, route, prompts, entities } = ctx.oidc;
  const text = (name: string): string | undefined => {
    const value = params[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  if (client === undefined) throw new errors.InvalidClient('client is invalid', 'client not found');

  if (text('response_type') !== 'code') throw new errors.InvalidRequest('response_type must be code');
  if (text('code_challenge') === undefined || text('code_challenge_method') !== 'S256') {
    throw new errors.InvalidRequest('PKCE with S256 is required');
  }
  if (params['authorization_details'] !== undefined) {
    throw new errors.InvalidAuthorizationDetails(
      'authorization_details is not supported for this client; use scope',
    );
  }
  const resource = text('resource');
  if (resource === undefined) throw new errors.InvalidTarget('resource must name one API');

  const scope = text('scope')?.split(' ');
  const {
    realm,
    client: current,
    api,
  } = await requireGates(context, {
    clientId: client.clientId,
    resource,
    ...(scope !== undefined && { requested: scope }),
    isInteraction: route === RESUME,
  });
  requireRedirect(realm, current, text('redirect_uri') ?? '');

  const needsPush = realm.settings.authorization.pushedRequestsOnly || api.pushedRequestsOnly === true;
  const wasPushed =
    entities.PushedAuthorizationRequest !== undefined || parJtiOf(entities.Interaction) !== undefined;
  if (needsPush && !wasPushed) {
    throw new errors.InvalidRequest('this request has to be pushed first (RFC 9126); send its request_uri');
  }
  // A person is always asked. The response does not tell whether one is signed in.
  if (prompts.has('none')) {
    throw new errors.InteractionRequired('prompt is none, but a person must consent every time');
  }
}

/**
 * A client can replace its registration (RFC 7592) while a person decides, and its new name must never be displayed with its old
 * destination. oidc-provider compares only once, at the beginning.
 *
 * @throws an error of oidc-provider, which leads to a page
 */
export function requireRedirect(realm: Realm, client: Client, redirectUri: string): void {
  const parsed = parseRedirectUri(redirectUri);
  const isRegistered = client.redirectUris.some((uri) => matchesRedirectUri(uri, redirectUri));
  const isOwn = parsed.ok && isSelfRegistered(client) && isIssuersOwn(realm.issuer, parsed.uri);
  if (parsed.ok && isRegistered && !isOwn) return;
  throw Object.assign(new errors.InvalidRedirectUri(), { allow_redirect: false });
}

/** The id of the pushed request that an interaction began with. The types of oidc-provider lack it. */
const parJtiOf = (interaction: object | undefined): unknown =>
  interaction !== undefined && 'parJti' in interaction ? interaction.parJti : undefined;
