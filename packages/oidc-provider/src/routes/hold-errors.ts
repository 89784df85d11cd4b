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
  const location = ctx.response.get('location');
  if (!isSelfRegistered(client) || typeof redirectUri !== 'string' || !isErrorAt(redirectUri, location))
    return;
  const destination = parseRedirectUri(redirectUri);
  if (!destination.ok || destination.uri.kind === 'loopback') return;
  const [realm, current] = await Promise.all([
    currentRealm(context),
    findCurrent(context, client.clientId, true),
  ]);
  const response = new URL(location).searchParams;
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

/** Whether a redirect sends an error to a redirect URI. */
function isErrorAt(redirectUri: string, location: string): boolean {
  const target = URL.parse(location);
  const registered = URL.parse(redirectUri);
  return (
    target !== null &&
    target.searchParams.has('error') &&
    target.protocol === registered?.protocol &&
    target.host === registered.host &&
    target.pathname === registered.pathname
  );
}
