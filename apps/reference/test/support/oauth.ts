import { walkThrough } from '@vestibule/example-agent';
import { CHALLENGE, VERIFIER } from '@vestibule/testing/pkce';
import { ADA, type Addresses } from './app.ts';

export { CHALLENGE, VERIFIER };

/** Registers over HTTP. */
export async function register(app: Addresses, metadata: object) {
  const response = await fetch(`${app.issuer}/connect/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(metadata),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

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

/** Makes Ada approve, and returns where her browser was sent. */
export const approve = (url: URL): Promise<URL> => walkThrough(url, { ...ADA, decision: 'approve' });

/** Sends a token request. */
export async function token(app: Addresses, fields: Record<string, string>) {
  const response = await fetch(`${app.issuer}/connect/token`, {
    method: 'POST',
    body: new URLSearchParams(fields),
  });
  return { status: response.status, body: await response.json() };
}

/** Exchanges the code that a browser was sent back with. */
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
