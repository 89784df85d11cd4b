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

/**
 * How a browser requests a page. The global `fetch` replaces `sec-fetch-mode` with `cors`.
 *
 * @see {@link https://www.w3.org/TR/fetch-metadata/ Fetch Metadata}
 */
export const NAVIGATION_HEADERS: Readonly<Record<string, string>> = {
  accept: 'text/html',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
  'sec-fetch-site': 'none',
};

/** Sends a complete authorization request, with PKCE. It does not sign in and never redeems a code. */
export async function ask(
  request: AuthorizationRequest,
  { authorizationEndpoint }: Pick<Server, 'authorizationEndpoint'>,
  fetch: Fetch,
): Promise<Reply> {
  const url = authorizationUrl(request, authorizationEndpoint);
  const sent = await send(fetch, url, { headers: NAVIGATION_HEADERS });
  if (!sent.ok) return { kind: 'nothing', problem: sent.problem };
  const { status, headers } = sent.response;
  const body = await sent.response.text().catch(() => '');
  return replyOf({ status, headers, body }, url);
}

/** The URL of a complete authorization request, with PKCE and a random state. */
export function authorizationUrl(
  { clientId, redirectUri, scope, resource }: AuthorizationRequest,
  authorizationEndpoint: URL,
): URL {
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
  return url;
}

/** A response of an authorization endpoint, with its body read. */
export interface ReadResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** What a browser would receive with a response, by redirect or by a page that refreshes to another URL. */
export function replyOf(response: ReadResponse, url: URL): Reply {
  const { status } = response;
  if (status === 429) return { kind: 'limited' };
  if (status >= 500) return { kind: 'nothing', problem: `responded ${status}` };
  const to = leadsTo(response);
  if (to === undefined) return { kind: 'page', status };
  return { kind: 'led', status, to: URL.canParse(to) ? to : new URL(to, url).href };
}

const REFRESH = /^\s*\d+\s*[;,]\s*url\s*=\s*['"]?([^'"]+)/i;
const META_REFRESH = /<meta\s[^>]*http-equiv=["']?refresh["']?[^>]*content=("[^"]*"|'[^']*')/i;

/** Where a browser is sent next: by redirects, and by pages that refresh to another URL. */
function leadsTo({ status, headers, body }: ReadResponse): string | undefined {
  if (status >= 300 && status < 400) return headers.get('location') ?? undefined;
  const content = META_REFRESH.exec(body)?.[1]?.slice(1, -1).replaceAll('&amp;', '&');
  return REFRESH.exec(headers.get('refresh') ?? content ?? '')?.[1];
}
