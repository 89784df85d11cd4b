/** What a handler gets beside the request. */
export interface RequestInfo {
  /** The network address of the client as the HTTP server determines it, which includes any handling of proxies. */
  readonly ip: string;
}

/**
 * A function from a standard `Request` to a standard `Response`. If its type allows `undefined`, that means that nothing
 * exists here, and the handler for unknown paths should respond.
 */
export type Handler<Answer extends Response | undefined = Response> = (
  request: Request,
  info: RequestInfo,
) => Promise<Answer>;

/** A handler that can return `undefined`. */
export type Endpoint = Handler<Response | undefined>;

/** An endpoint and its path, for every method. */
export interface Route {
  /** The exact path from the root: `/connect/register`. */
  readonly path: string;
  /**
   * Whether the endpoint serves what is one segment below the path instead of the path itself; or how many segments below.
   *
   * @default false
   */
  readonly below?: boolean | number;
  readonly endpoint: Endpoint;
}
