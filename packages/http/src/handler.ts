/** What a handler is told about a request besides the request. */
export interface RequestInfo {
  /** The network address of the other side, as the HTTP server sees it; proxies are its business. */
  readonly ip: string;
}

/** The shape of everything here that speaks HTTP: standard `Request` in, standard `Response` out. */
export type Handler = (request: Request, info: RequestInfo) => Promise<Response>;

/**
 * A handler that may have nothing to say. `undefined` means that nothing is here, and that whatever answers for
 * unknown paths is to answer.
 */
export type Endpoint = (request: Request, info: RequestInfo) => Promise<Response | undefined>;

/** An endpoint and the one path it answers, whatever the method. */
export interface Route {
  /** Exact, from the root: `/connect/register`. */
  readonly path: string;
  readonly endpoint: Endpoint;
}
