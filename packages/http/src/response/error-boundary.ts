import type { Endpoint } from '../handler.ts';
import { oauthError } from './json.ts';

export interface ErrorBoundaryOptions {
  /** Told of every exception: a bug or an outage, for the operator. */
  readonly onError: (error: unknown, request: Request) => void;
  /** What is answered then. @default a bare `server_error` as JSON */
  readonly respond?: (request: Request) => Response;
}

/**
 * Turns an exception into a bare answer that tells a stranger nothing. Expected refusals are values and never
 * come this way.
 */
export function withErrorBoundary(options: ErrorBoundaryOptions, endpoint: Endpoint): Endpoint {
  const {
    onError,
    respond = () => oauthError(500, 'server_error', 'the server could not answer; try again later'),
  } = options;
  return async (request, info) => {
    try {
      return await endpoint(request, info);
    } catch (error) {
      // Whoever hung up in the middle of a request made no bug, and reads no answer.
      if (!request.signal.aborted) onError(error, request);
      return respond(request);
    }
  };
}
