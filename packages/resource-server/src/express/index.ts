import type { AccessToken } from '../token/access-token.ts';
import type { ResourceServer } from '../resource-server.ts';

/** What is looked at of a request of Express. */
export interface ExpressRequest {
  readonly method: string;
  readonly originalUrl: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** What is done with its response. */
export interface ExpressResponse {
  status(code: number): unknown;
  set(headers: Readonly<Record<string, string>>): unknown;
  send(body: unknown): unknown;
}

/** Middleware for Express 5, which takes what a promise throws to the application's error handler. */
export type Middleware = (
  request: ExpressRequest,
  response: ExpressResponse,
  next: () => void,
) => Promise<void>;

const tokens = new WeakMap<object, AccessToken>();

/**
 * Lets requests through that show a good access token with all of `scopes`, and answers the others. What the token says is
 * told by {@link tokenOf}. An `IssuerUnavailable` goes to the application's error handler, with the status 503.
 */
export function requireToken(resourceServer: ResourceServer, scopes: readonly string[] = []): Middleware {
  return async (request, response, next) => {
    const shown = {
      method: request.method,
      url: urlOf(request, resourceServer),
      headers: headersOf(request),
    };
    const admission = await resourceServer.admit(shown, scopes);
    if (!admission.ok) return send(admission.response, response);
    tokens.set(request, admission.token);
    next();
  };
}

/**
 * The access token that let a request in.
 *
 * @throws Error where no {@link requireToken} stands before: a bug
 */
export function tokenOf(request: object): AccessToken {
  const token = tokens.get(request);
  if (token === undefined) throw new Error('No requireToken stands before this route.');
  return token;
}

/** Answers with the protected resource metadata, at its `metadataPath`. */
export function serveMetadata(resourceServer: ResourceServer): Middleware {
  return async (_request, response) => send(await resourceServer.metadata(), response);
}

/** By the resource's own origin, whatever host the request names: the path alone is the request's. */
function urlOf({ originalUrl }: ExpressRequest, { resource }: ResourceServer): string {
  const { origin } = new URL(resource);
  return URL.parse(originalUrl, origin)?.href ?? origin;
}

function headersOf({ headers }: ExpressRequest): Headers {
  const taken = new Headers();
  for (const name of ['authorization', 'dpop']) {
    for (const value of [headers[name] ?? []].flat()) taken.append(name, value);
  }
  return taken;
}

async function send(answer: Response, response: ExpressResponse): Promise<void> {
  response.status(answer.status);
  response.set(Object.fromEntries(answer.headers));
  response.send(await answer.text());
}
