/** What a handler is told about a request besides the request. */
export interface RequestInfo {
  /** The network address of the other side, as the HTTP server sees it; proxies are its business. */
  readonly ip: string;
}

/**
 * The shape of everything here that speaks HTTP: standard `Request` in, standard `Response` out. One that may be
 * `undefined` says by it that nothing is here, and that whatever answers for unknown paths is to answer.
 */
export type Handler<Answer extends Response | undefined = Response> = (
  request: Request,
  info: RequestInfo,
) => Promise<Answer>;

/** A handler that may have nothing to say. */
export type Endpoint = Handler<Response | undefined>;

/** An endpoint and the path it answers, whatever the method. */
export interface Route {
  /** Exact, from the root: `/connect/register`. */
  readonly path: string;
  /**
   * Whether it answers what is one segment below the path, and not the path itself; or how many segments below.
   *
   * @default false
   */
  readonly below?: boolean | number;
  readonly endpoint: Endpoint;
}
