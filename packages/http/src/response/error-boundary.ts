import { isStoreUnavailable } from '@vestibule/core';
import type { Handler } from '../handler.ts';
import { oauthError } from './json.ts';

/** Told of every exception: a bug or an outage, for the operator. */
export type OnError = (error: unknown, request: Request) => void;

/** Why there is no answer, as far as a stranger is told. */
export type Failure =
  | { readonly status: 500 }
  /** A store cannot be reached just now. */
  | { readonly status: 503; readonly headers: { readonly 'retry-after': string } };

/** What an exception comes to: trying again makes sense after an outage, and not after a bug. */
export const failureOf = (error: unknown): Failure =>
  isStoreUnavailable(error)
    ? { status: 503, headers: { 'retry-after': String(error.retryAfter ?? 1) } }
    : { status: 500 };

/**
 * Turns an exception into a bare answer that tells a stranger nothing. Expected refusals are values and never
 * come this way.
 *
 * @param respond what is answered then; an error as JSON where it is left out
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
      // Whoever hung up in the middle of a request made no bug, and reads no answer.
      if (!request.signal.aborted) onError(error, request);
      return respond(failureOf(error));
    }
  };
}

/**
 * A failure as JSON, by the names that OAuth has for it.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1 RFC 6749 §4.1.2.1}
 */
export const failureResponse = (failure: Failure): Response =>
  failure.status === 503
    ? oauthError(
        503,
        'temporarily_unavailable',
        'the server cannot answer just now; try again soon',
        failure.headers,
      )
    : oauthError(500, 'server_error', 'the server could not answer; try again later');
