import { isStoreUnavailable } from '@vestibule/core';
import type { Handler } from '../handler.ts';
import { errorReply, type Reply, toResponse } from '../program/reply.ts';

/** Called with every exception: a bug or an outage, for the operator. */
export type OnError = (error: unknown, request: Request) => void;

/** Why a request failed, as far as its sender is told. */
export type Failure =
  | { readonly status: 500 }
  /** A store cannot be reached at the moment. */
  | { readonly status: 503; readonly headers: { readonly 'retry-after': string } };

/** Maps an exception to a failure: an outage may pass, so a retry makes sense; a bug does not. */
export const failureOf = (error: unknown): Failure =>
  isStoreUnavailable(error)
    ? { status: 503, headers: { 'retry-after': String(error.retryAfter ?? 1) } }
    : { status: 500 };

/**
 * Responds to an exception without details. Expected refusals are values and never get here.
 *
 * @param respond makes the response; an error as JSON by default
 */
export function withErrorBoundary<Answer extends Response | undefined>(
  onError: OnError,
  handler: Handler<Answer>,
  respond: (failure: Failure) => Response = failureResponse,
): Handler<Answer | Response> {
  return async (request, info) => {
    try {
      return await handler(request, info);
    } catch (error) {
      // A client that disconnected during its request is not a bug, and reads no response.
      if (!request.signal.aborted) onError(error, request);
      return respond(failureOf(error));
    }
  };
}

/**
 * A failure as JSON, with the error codes of OAuth.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1 RFC 6749 §4.1.2.1}
 */
export const failureResponse = (failure: Failure): Response => toResponse(failureReply(failure));

/** {@link failureResponse} as plain values. */
export const failureReply = (failure: Failure): Reply =>
  failure.status === 503
    ? errorReply(
        503,
        'temporarily_unavailable',
        'the server cannot answer just now; try again soon',
        failure.headers,
      )
    : errorReply(500, 'server_error', 'the server could not answer; try again later');
