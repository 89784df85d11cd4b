import { approvedBy } from './browser.ts';
import { ADA } from './people.ts';
import { CHALLENGE, VERIFIER } from './pkce.ts';

/** Where a server is reached. */
export interface Addresses {
  /** Its issuer, or if the server is behind a proxy, the address that the proxy would use. */
  readonly issuer: string;
  /** The URL of the protected API. */
  readonly notes: URL;
}

/** Registers over HTTP. */
export async function register(app: Pick<Addresses, 'issuer'>, metadata: object) {
  const response = await fetch(`${app.issuer}/connect/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(metadata),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

/** An authorization request with PKCE for the protected API. */
export function authorizeUrl(app: Addresses, clientId: string, parameters: Record<string, string> = {}): URL {
  const url = new URL(`${app.issuer}/connect/authorize`);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    state: 'st',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    resource: app.notes.href,
    ...parameters,
  }).toString();
  return url;
}

/** Lets Ada sign in and approve. Returns the redirect URI with the authorization response. */
export const approve = (url: URL): Promise<URL> => approvedBy(ADA, url);

/** Sends a request to the token endpoint. */
export async function token(app: Pick<Addresses, 'issuer'>, fields: Record<string, string>) {
  const response = await fetch(`${app.issuer}/connect/token`, {
    method: 'POST',
    body: new URLSearchParams(fields),
  });
  return { status: response.status, body: await response.json() };
}

/** Exchanges the code of an authorization response. */
export function exchange(
  app: Addresses,
  clientId: string,
  redirectUri: string,
  arrived: URL,
  fields: Record<string, string> = {},
) {
  return token(app, {
    grant_type: 'authorization_code',
    client_id: clientId,
    code: arrived.searchParams.get('code') ?? '',
    redirect_uri: redirectUri,
    code_verifier: VERIFIER,
    resource: app.notes.href,
    ...fields,
  });
}
