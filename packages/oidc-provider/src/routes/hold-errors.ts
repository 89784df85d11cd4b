import { parseRedirectUri } from '@vestibule/core';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { type BridgeContext, currentRealm } from '../bridge-context.ts';
import { findCurrent } from '../client/current-client.ts';
import { isSelfRegistered } from '../client/client-kind.ts';

/**
 * Replaces the redirect of an error to a self-registered client with a page that says where it would lead. Anyone can register any https
 * address, so a redirect that no person decided about would make the provider an open redirector. Loopback addresses are excepted.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.11.2 RFC 9700 §4.11.2}
 */
export async function holdError(context: BridgeContext, ctx: KoaContextWithOIDC): Promise<void> {
  const { client } = ctx.oidc;
  const redirectUri = ctx.oidc.params?.['redirect_uri'];
  if (!isSelfRegistered(client) || typeof redirectUri !== 'string') return;
  const location = errorIn(ctx, redirectUri);
  if (location === undefined) return;
  const destination = parseRedirectUri(redirectUri);
  if (!destination.ok || destination.uri.kind === 'loopback') return;
  const [realm, current] = await Promise.all([
    currentRealm(context),
    findCurrent(context, client.clientId, true),
  ]);
  const response = responseIn(new URL(location));
  const isDenied = response.get('error') === 'access_denied';
  const { html, headers } = context.pages.handBack({
    realmName: realm.name,
    clientName: current?.client.name ?? client.clientName ?? '',
    outcome: isDenied ? 'denied' : 'refused',
    destination: destination.uri,
    location,
    detail: `${response.get('error')}: ${response.get('error_description') ?? ''}`,
  });
  ctx.status = isDenied ? 200 : 400;
  ctx.remove('location');
  ctx.set({ ...headers, 'cache-control': 'no-store' });
  ctx.body = html;
}

/** The parameters of a response. They are in the fragment for a `response_type` with `id_token`, unless the request says otherwise. */
const responseIn = ({ hash, searchParams }: URL): URLSearchParams =>
  hash === '' ? searchParams : new URLSearchParams(hash.slice(1));

/**
 * The redirect URI with an error, if the response sends one there: by a redirect, or as a form or in the fragment. The latter two are
 * always errors, because responses to these clients are in the query.
 */
function errorIn(ctx: KoaContextWithOIDC, redirectUri: string): string | undefined {
  const { params, client } = ctx.oidc;
  const mode = params?.['response_mode'];
  if (mode !== undefined && mode !== 'query') {
    if (client?.redirectUriAllowed(redirectUri) !== true) return undefined;
    const url = new URL(redirectUri);
    url.searchParams.set('error', 'invalid_request');
    url.searchParams.set('error_description', 'response_mode must be query');
    if (typeof params?.['state'] === 'string') url.searchParams.set('state', params['state']);
    url.searchParams.set('iss', ctx.oidc.issuer);
    return url.href;
  }
  const location = ctx.response.get('location');
  const target = URL.parse(location);
  const registered = URL.parse(redirectUri);
  const isThere =
    target !== null &&
    responseIn(target).has('error') &&
    target.protocol === registered?.protocol &&
    target.host === registered.host &&
    target.pathname === registered.pathname;
  return isThere ? location : undefined;
}
