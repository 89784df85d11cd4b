import type { PiecesOfBody } from '../body/direct-read.ts';
import { readPieces } from '../body/read-pieces.ts';

/** The header fields of a {@link PlainRequest}. */
export type PlainHeaders = Pick<Headers, 'get' | 'has'>;

/** A request without its body. */
export interface RequestHead {
  readonly method: string;
  /** The whole URL, as `Request` has it. */
  readonly url: string;
  readonly headers: PlainHeaders;
}

/** The parts of a request that our endpoints read. A server can provide them with less work than a `Request`. */
export interface PlainRequest extends RequestHead {
  /** Whether the URL has a query, which costs less to say than the URL. */
  readonly hasQuery: boolean;
  /** Reads the whole body, or stops at the first byte over the limit. Can be called once. */
  readBody(limit: number): PiecesOfBody | Promise<PiecesOfBody>;
  /** Whether the client has disconnected, so that no one reads the response. */
  isAborted(): boolean;
  /** The request for code that expects a standard one: the same object each time. Its body may have been read. */
  standard(): Request;
}

/** The parts of a standard request. */
export const plainRequestOf = (request: Request): PlainRequest => ({
  method: request.method,
  url: request.url,
  hasQuery: request.url.includes('?'),
  headers: request.headers,
  readBody: (limit) => readPieces(request, limit),
  isAborted: () => request.signal.aborted,
  standard: () => request,
});
