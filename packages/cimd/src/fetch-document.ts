import type { Freshness } from './freshness.ts';

/** Fetches JSON from a URL that a stranger chose, without reaching what is not public. */
export interface GuardedFetch {
  /**
   * Fetches a URL once. Everything that the other side can cause is an outcome; nothing of it is an exception.
   *
   * @throws TypeError if `maxBytes` is not a whole number of 1 or more
   */
  fetch(request: FetchRequest): Promise<FetchOutcome>;
}

/** What to fetch. */
export interface FetchRequest {
  /** An `https` URL. */
  readonly url: string;
  /** The entity tag of the copy that the caller has. It makes the request conditional. A malformed one is not sent. */
  readonly etag?: string;
  /** The largest acceptable body, in bytes. @default 5120 */
  readonly maxBytes?: number;
  /** What is expected: decides the `Accept` header. @default "document" */
  readonly accept?: 'document' | 'jwks';
  /**
   * Who chose the URL: a stranger, as with the documents of clients and what they name, or an operator, in the settings. It decides
   * which networks may be reached.
   *
   * @default "stranger"
   */
  readonly chosenBy?: 'stranger' | 'operator';
}

/** What became of a fetch. */
export type FetchOutcome = Fetched | NotModified | FetchFailure;

/** The response was `200` with JSON. */
export interface Fetched {
  readonly ok: true;
  readonly status: 'fetched';
  /** The parsed JSON: any value, not only an object. */
  readonly body: unknown;
  /** The size of the body. */
  readonly bytes: number;
  readonly freshness: Freshness;
}

/** The response was `304` to a conditional request: the caller's copy is still current. */
export interface NotModified {
  readonly ok: true;
  readonly status: 'not-modified';
  /** What this response says. A member that it leaves out stays as it was in the response with the body (RFC 9111 §4.3.4). */
  readonly freshness: Freshness;
}

/**
 * The fetch was refused, or failed. Clients and people get the same error for every reason, because the reason tells what a
 * network looks like from inside. Reason and detail are for the operator.
 */
export interface FetchFailure {
  readonly ok: false;
  readonly reason: FetchFailureReason;
  /** One sentence for the operator, of at most a few hundred characters. Never contains the body. */
  readonly detail: string;
  /**
   * Whether the connection was established. `false`: it failed, whatever the path of the URL is. Absent: the host was not connected to.
   */
  readonly isReached?: boolean;
}

/** Why a fetch failed. */
export type FetchFailureReason =
  /** The text is not an `https` URL without credentials. No name was resolved. */
  | 'url'
  /** The name cannot be resolved, or has no address. */
  | 'resolution'
  /** At least one address of the host is not public. No connection was made. */
  | 'address'
  /** The connection failed or was closed early. */
  | 'connection'
  /** The certificate is not one for this host, or not one of a trusted authority. */
  | 'certificate'
  /** A stage, or all of them together, took too long. */
  | 'timeout'
  /** The response is a redirect, which is never followed. */
  | 'redirect'
  /** The status is not 200. */
  | 'status'
  /** The response is not `application/json` or `application/…+json` in UTF-8. */
  | 'content-type'
  /** The body is compressed. */
  | 'content-encoding'
  /** The head or the body is larger than its limit. */
  | 'too-large'
  /** The body is not JSON in UTF-8. */
  | 'not-json'
  /** The response is `304`, and the request was not conditional. */
  | 'unexpected-not-modified'
  /** The response does not follow HTTP/1.1. */
  | 'malformed-response';
