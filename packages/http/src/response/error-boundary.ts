import type { Handler } from '../handler.ts';
import { oauthError } from './json.ts';

/** Told of every exception: a bug or an outage, for the operator. */
export type OnError = (error: unknown, request: Request) => void;

/**
 * Turns an exception into a bare answer that tells a stranger nothing. Expected refusals are values and never
 * come this way.
 *
 * @param respond what is answered then; a `server_error` as JSON where it is left out
 */
export function withErrorBoundary<Answer extends Response | undefined>(
  onError: OnError,
  handler: Handler<Answer>,
  respond: () => Response = serverError,
): Handler<Answer | Response> {
  return async (request, info) => {
    try {
      return await handler(request, info);
    } catch (error) {
      // Whoever hung up in the middle of a request made no bug, and reads no answer.
      if (!request.signal.aborted) onError(error, request);
      return respond();
    }
  };
}

const serverError = (): Response =>
  oauthError(500, 'server_error', 'the server could not answer; try again later');
