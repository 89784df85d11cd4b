import { randomBytes } from 'node:crypto';
import type { Cookies } from '../http/cookies.ts';
import { fillForm, refreshTarget } from '../http/html-form.ts';
import { headerOf, headersOf, type HttpResponse } from '../http/response-reader.ts';
import type { Behavior } from '../targets/target.ts';
import { type Agent, problem } from './agent.ts';
import type { KnownClient } from './known-client.ts';

/** What the client receives at its redirect URI. */
export interface Authorized {
  readonly code: string;
  /** The requests that the browser made. */
  readonly requests: number;
}

/** What the browser sends next, or where it left the server. */
type Step =
  | {
      readonly kind: 'request';
      readonly method: 'GET' | 'POST';
      readonly url: URL;
      readonly body: string;
      readonly type: string;
    }
  | { readonly kind: 'left'; readonly url: URL };

const FORM = 'application/x-www-form-urlencoded';
const MOST_REQUESTS = 16;

/** Goes through an authorization as a browser and a person do, from the authorization request to the redirect URI. */
export async function authorize(
  agent: Agent,
  behavior: Behavior,
  client: KnownClient,
  cookies: Cookies,
  challenge: string,
): Promise<Authorized> {
  const { connection, endpoints } = agent;
  const state = randomBytes(12).toString('base64url');
  const first = new URL(endpoints.authorization, connection.origin);
  first.search = new URLSearchParams({
    response_type: 'code',
    client_id: client.id,
    redirect_uri: client.redirectUri,
    state,
    scope: behavior.scope,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...(behavior.resource !== undefined && { resource: behavior.resource }),
  }).toString();

  let step: Step = { kind: 'request', method: 'GET', url: first, body: '', type: FORM };
  let referrer: URL | undefined;
  for (let requests = 1; requests <= MOST_REQUESTS; requests += 1) {
    const { url, method, body, type } = step;
    const path = url.pathname + url.search;
    const isPost = method === 'POST';
    const response = await connection.request({
      method,
      path,
      headers: {
        Accept: type === FORM ? 'text/html,application/xhtml+xml' : type,
        Cookie: cookies.headerFor(path),
        'Content-Type': isPost ? type : undefined,
        Origin: isPost ? connection.origin : undefined,
        Referer: isPost ? referrer?.href : undefined,
        'Sec-Fetch-Site': referrer === undefined ? 'none' : 'same-origin',
        'Sec-Fetch-Mode': 'navigate',
        'Sec-Fetch-Dest': 'document',
        'Sec-Fetch-User': '?1',
      },
      body,
    });
    cookies.apply(headersOf(response.head, 'set-cookie'), path);
    const next = nextStep(response, url, client.redirectUri, behavior);
    if (next === undefined) throw problem(`authorization, ${method} ${url.pathname}`, response);
    if (next.kind === 'left') return { code: codeOf(next.url, state), requests };
    referrer = url;
    step = next;
  }
  throw new Error(`authorization: not finished after ${MOST_REQUESTS} requests, at ${step.url.href}`);
}

function nextStep(
  response: HttpResponse,
  url: URL,
  redirectUri: string,
  behavior: Behavior,
): Step | undefined {
  const answer = behavior.answer?.(response, url);
  if (answer?.kind === 'post') return { kind: 'request', type: answer.contentType, ...answer.submission };
  const location = answer?.to ?? headerOf(response, 'location');
  if (location !== undefined) return follow(new URL(location, url), redirectUri);
  if (response.status !== 200) return undefined;
  const html = response.body.toString();
  const refreshed = refreshTarget(html);
  if (refreshed !== undefined) return follow(new URL(refreshed, url), redirectUri);
  const filled = fillForm(html, url, behavior.person);
  return filled === undefined ? undefined : { kind: 'request', type: FORM, ...filled };
}

const follow = (url: URL, redirectUri: string): Step =>
  url.href.startsWith(redirectUri)
    ? { kind: 'left', url }
    : { kind: 'request', method: 'GET', url, body: '', type: FORM };

function codeOf({ searchParams }: URL, state: string): string {
  const error = searchParams.get('error');
  if (error !== null) {
    throw new Error(`authorization: ${error} ${searchParams.get('error_description') ?? ''}`);
  }
  if (searchParams.get('state') !== state) {
    throw new Error('authorization: the state is not the one that was sent');
  }
  const code = searchParams.get('code');
  if (code === null) throw new Error('authorization: the response has no code');
  return code;
}
