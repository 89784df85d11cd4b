import { quote } from '@vestibule/core';
import type { Handler } from '../handler.ts';
import { oauthError } from './json.ts';

/**
 * Responds `405` to every method that is not listed. `GET` includes `HEAD`.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6 RFC 9110 §15.5.6}
 */
export function allowMethods<Answer extends Response | undefined>(
  methods: readonly string[],
  handler: Handler<Answer>,
): Handler<Answer | Response> {
  const allowed = methods.includes('GET') ? [...methods, 'HEAD'] : methods;
  return async (request, info) => {
    if (allowed.includes(request.method)) return handler(request, info);
    const allow = allowed.join(', ');
    return oauthError(405, 'invalid_request', `${quote(request.method)} is not answered here; use ${allow}`, {
      allow,
    });
  };
}
