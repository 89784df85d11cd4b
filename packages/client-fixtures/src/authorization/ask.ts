import { randomBytes } from 'node:crypto';
import type { Server } from '../server/discover.ts';
import { type Fetch, send } from '../server/send.ts';

/** An agent that sends a browser to the server. */
export interface AuthorizationRequest {
  readonly clientId: string;
  readonly redirectUri: string;
  /** Omitted if empty. */
  readonly scope: string;
  /** The API that the token is requested for (RFC 8707). Omitted if undefined. */
  readonly resource: string | undefined;
}

/** What a browser would receive. */
export type Reply =
  /** A redirect. */
  | { readonly kind: 'led'; readonly status: number; readonly to: string }
  | { readonly kind: 'page'; readonly status: number }
  | { readonly kind: 'limited' }
  | { readonly kind: 'nothing'; readonly problem: string };

/** Sends a complete authorization request, with PKCE. It does not sign in and never redeems a code. */
export async function ask(
  { clientId, redirectUri, scope, resource }: AuthorizationRequest,
  { authorizationEndpoint }: Server,
  fetch: Fetch,
): Promise<Reply> {
  const url = new URL(authorizationEndpoint);
  const parameters = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    ...(scope !== '' && { scope }),
    ...(resource !== undefined && { resource }),
    state: randomBytes(16).toString('base64url'),
    // A challenge whose verifier is unknown.
    code_challenge: randomBytes(32).toString('base64url'),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);

  const sent = await send(fetch, url, { headers: { accept: 'text/html' } });
  if (!sent.ok) return { kind: 'nothing', problem: sent.problem };
  const { status } = sent.response;
  if (status === 429) return { kind: 'limited' };
  if (status >= 500) return { kind: 'nothing', problem: `was answered ${status}` };
  const to = await leadsTo(sent.response);
  if (to === undefined) return { kind: 'page', status };
  return { kind: 'led', status, to: URL.canParse(to) ? to : new URL(to, url).href };
}

const REFRESH = /^\s*\d+\s*[;,]\s*url\s*=\s*['"]?([^'"]+)/i;
const META_REFRESH = /<meta\s[^>]*http-equiv=["']?refresh["']?[^>]*content=("[^"]*"|'[^']*')/i;

/** Where a browser is sent next: by redirects, and by pages that refresh to another URL. */
async function leadsTo(response: Response): Promise<string | undefined> {
  const { status, headers } = response;
  const page = await response.text().catch(() => '');
  if (status >= 300 && status < 400) return headers.get('location') ?? undefined;
  const content = META_REFRESH.exec(page)?.[1]?.slice(1, -1).replaceAll('&amp;', '&');
  return REFRESH.exec(headers.get('refresh') ?? content ?? '')?.[1];
}
