import { quote } from '@vestibule/core';
import type { Handler } from '../handler.ts';
import { errorReply, type Reply, toResponse } from '../program/reply.ts';

/**
 * Responds `405` to every method that is not listed. `GET` includes `HEAD`.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6 RFC 9110 §15.5.6}
 */
export function allowMethods<Answer extends Response | undefined>(
  methods: readonly string[],
  handler: Handler<Answer>,
): Handler<Answer | Response> {
  const allowed = allowedMethods(methods);
  return async (request, info) =>
    allowed.includes(request.method)
      ? handler(request, info)
      : toResponse(methodNotAllowed(request.method, allowed));
}

/** `GET` includes `HEAD`. */
export const allowedMethods = (methods: readonly string[]): readonly string[] =>
  methods.includes('GET') ? [...methods, 'HEAD'] : methods;

/** `405`, with the methods that are allowed. */
export function methodNotAllowed(method: string, allowed: readonly string[]): Reply {
  const allow = allowed.join(', ');
  return errorReply(405, 'invalid_request', `${quote(method)} is not answered here; use ${allow}`, { allow });
}
