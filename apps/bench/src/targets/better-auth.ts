import type { Connection } from '../http/connection.ts';
import { Cookies } from '../http/cookies.ts';
import { headerOf, headersOf, type HttpResponse } from '../http/response-reader.ts';
import { readObject, textIn } from '../oauth/json.ts';
import type { Answer } from './target.ts';

const SIGN_UP = '/api/auth/sign-up/email';
const CONSENT = '/api/auth/oauth2/consent';
const JSON_TYPE = 'application/json';

/** Creates a person through the API: the pages belong to the host application, and are not part of the package. */
export async function signUpAtBetterAuth(connection: Connection, index: number): Promise<Cookies> {
  const person = { email: `person-${index}@bench.example`, password: 'bench-password', name: 'Bench' };
  const response = await connection.request({
    method: 'POST',
    path: SIGN_UP,
    headers: { 'Content-Type': JSON_TYPE, Origin: connection.origin },
    body: JSON.stringify(person),
  });
  if (response.status !== 200) throw new Error(`sign-up: ${response.status} ${response.body.toString()}`);
  const cookies = new Cookies();
  cookies.apply(headersOf(response.head, 'set-cookie'), SIGN_UP);
  return cookies;
}

/** Approves at the consent endpoint what the redirect to the consent page asks, and follows the JSON response to that. */
export function approveAtBetterAuth(response: HttpResponse, url: URL): Answer | undefined {
  const location = headerOf(response, 'location');
  const consent = location === undefined ? undefined : new URL(location, url);
  if (consent?.pathname === '/consent') {
    const body = JSON.stringify({ accept: true, oauth_query: consent.search.slice(1) });
    return {
      kind: 'post',
      submission: { method: 'POST', url: new URL(CONSENT, url), body },
      contentType: JSON_TYPE,
    };
  }
  if (url.pathname !== CONSENT || response.status !== 200) return undefined;
  const object = readObject(response.body.toString());
  const to = textIn(object, 'redirect_uri') ?? textIn(object, 'redirectURI') ?? textIn(object, 'url');
  return to === undefined ? undefined : { kind: 'redirect', to };
}
