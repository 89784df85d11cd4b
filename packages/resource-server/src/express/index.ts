import type { AccessToken } from '../token/access-token.ts';
import type { ResourceServer } from '../resource-server.ts';

/** The parts of an Express request that are read. */
export interface ExpressRequest {
  readonly method: string;
  readonly originalUrl: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** The parts of an Express response that are used. */
export interface ExpressResponse {
  status(code: number): unknown;
  set(headers: Readonly<Record<string, string>>): unknown;
  send(body: unknown): unknown;
}

/** Middleware for Express 5, which passes rejected promises to the error handler of the application. */
export type Middleware = (
  request: ExpressRequest,
  response: ExpressResponse,
  next: () => void,
) => Promise<void>;

const tokens = new WeakMap<object, AccessToken>();

/**
 * Passes on requests that present a valid access token with all of `scopes`, and responds to the others. {@link tokenOf}
 * returns the token. An `IssuerUnavailable` goes to the error handler of the application, with the status 503.
 */
export function requireToken(resourceServer: ResourceServer, scopes: readonly string[] = []): Middleware {
  return async (request, response, next) => {
    const presented = {
      method: request.method,
      url: urlOf(request, resourceServer),
      headers: headersOf(request, ['authorization', 'dpop']),
    };
    const admission = await resourceServer.admit(presented, scopes);
    if (!admission.ok) return send(admission.response, response);
    tokens.set(request, admission.token);
    next();
  };
}

/**
 * The access token of a request.
 *
 * @throws Error if the route has no {@link requireToken}: a bug
 */
export function tokenOf(request: object): AccessToken {
  const token = tokens.get(request);
  if (token === undefined) throw new Error('No requireToken stands before this route.');
  return token;
}

/** Responds with the protected resource metadata at its `metadataPath`. */
export function serveMetadata(resourceServer: ResourceServer): Middleware {
  return async (request, response) =>
    send(await resourceServer.metadata({ headers: headersOf(request, ['if-none-match']) }), response);
}

/** The origin is the one of the resource, whatever the `Host` of the request is; only the path comes from the request. */
function urlOf({ originalUrl }: ExpressRequest, { resource }: ResourceServer): string {
  const { origin } = new URL(resource);
  return URL.parse(originalUrl, origin)?.href ?? origin;
}

function headersOf({ headers }: ExpressRequest, names: readonly string[]): Headers {
  const result = new Headers();
  for (const name of names) {
    for (const value of [headers[name] ?? []].flat()) result.append(name, value);
  }
  return result;
}

async function send(answer: Response, response: ExpressResponse): Promise<void> {
  response.status(answer.status);
  response.set(Object.fromEntries(answer.headers));
  response.send(await answer.text());
}
