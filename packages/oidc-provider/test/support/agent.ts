import { type Browser, formOf, newBrowser, type Shown, filledIn } from '@vestibule/testing/browser';
import { CHALLENGE, VERIFIER } from '@vestibule/testing/pkce';
import { NOTES, type StartedBridge } from './start-bridge.ts';

/** Where the agent of the tests is sent. */
export const REDIRECT = 'http://127.0.0.1:61234/cb';

/** What the agent of the tests registers. */
export const METADATA = { client_name: 'Gardening agent', redirect_uris: ['http://127.0.0.1/cb'] };

/** A response of a machine endpoint. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- JSON of which a test reads single members
  readonly body: any;
}

const answerOf = async (response: Response): Promise<Answer> => {
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
};

/** Sends a registration. */
export async function register(
  { issuer }: Pick<StartedBridge, 'issuer'>,
  metadata: object = METADATA,
): Promise<Answer> {
  return answerOf(
    await fetch(`${issuer}/connect/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(metadata),
    }),
  );
}

/** Updates a registration, by what its response says (RFC 7592). */
export async function updated(registration: Answer['body'], metadata: object): Promise<Answer> {
  const { registration_client_uri: uri, registration_access_token: token, client_id } = registration;
  return answerOf(
    await fetch(uri, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ client_id, ...metadata }),
    }),
  );
}

/** Registers the agent of the tests and returns its id. */
export async function registered(app: StartedBridge, metadata?: object): Promise<string> {
  return (await register(app, metadata)).body.client_id;
}

/** The parameters of an authorization request. `undefined` leaves one out. */
export type Parameters = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The parameters that the agent of the tests sends. */
export const parametersOf = (clientId: string, more: Parameters = {}): URLSearchParams => {
  const all: Parameters = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: REDIRECT,
    state: 'st',
    scope: 'notes:read notes:write',
    resource: NOTES,
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    ...more,
  };
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(all)) {
    for (const one of [value ?? []].flat()) parameters.append(name, one);
  }
  return parameters;
};

export const authorizeUrl = (
  { issuer }: Pick<StartedBridge, 'issuer'>,
  clientId: string,
  more?: Parameters,
): URL => new URL(`${issuer}/auth?${parametersOf(clientId, more)}`);

/** Follows a page that leads on by itself, as a browser does. */
export async function followed(browser: Browser, shown: Shown): Promise<Shown> {
  const content = shown.page.querySelector('meta[http-equiv=refresh]')?.getAttribute('content');
  const url = content?.split(';url=')[1] ?? content?.split('url=')[1];
  return url === undefined ? shown : browser.open(new URL(url, shown.url));
}

/** Submits the consent page. */
export async function decided(
  browser: Browser,
  shown: Shown,
  answers: Readonly<Record<string, string>> = { decision: 'approve' },
  scopes?: readonly string[],
): Promise<Shown> {
  const form = formOf(shown);
  return followed(
    browser,
    await browser.post(form.action, filledIn({ ...form, ...(scopes && { scopes }) }, answers)),
  );
}

/** Lets Ada approve a request. Returns where her browser was sent. */
export async function approved(
  app: StartedBridge,
  clientId: string,
  more?: Parameters,
  browser = newBrowser(),
): Promise<URL> {
  const page = await browser.open(authorizeUrl(app, clientId, more));
  const { away, status, text } = await decided(browser, page);
  if (away === undefined) throw new Error(`No redirect (${status}): ${text}`);
  return away;
}

/** Sends a request to the token endpoint, or another one of machines. */
export async function send(
  app: StartedBridge,
  fields: Record<string, string> | URLSearchParams,
  path = '/token',
  headers: Record<string, string> = {},
): Promise<Answer> {
  return answerOf(
    await fetch(`${app.issuer}${path}`, { method: 'POST', body: new URLSearchParams(fields), headers }),
  );
}

/** Exchanges the code of an authorization response. */
export const exchanged = (
  app: StartedBridge,
  clientId: string,
  arrived: URL,
  more: Record<string, string> = {},
): Promise<Answer> =>
  send(app, {
    grant_type: 'authorization_code',
    client_id: clientId,
    code: arrived.searchParams.get('code') ?? '',
    redirect_uri: REDIRECT,
    code_verifier: VERIFIER,
    resource: NOTES,
    ...more,
  });

/** Refreshes. */
export const refreshed = (
  app: StartedBridge,
  clientId: string,
  token: string,
  more: Record<string, string> = {},
): Promise<Answer> =>
  send(app, { grant_type: 'refresh_token', client_id: clientId, refresh_token: token, ...more });
