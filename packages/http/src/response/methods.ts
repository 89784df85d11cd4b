import type { Endpoint } from '../handler.ts';
import { oauthError } from './json.ts';

/**
 * Answers `405` to every method that is not listed. `HEAD` comes with `GET`.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6 RFC 9110 §15.5.6}
 */
export function allowMethods(methods: readonly string[], endpoint: Endpoint): Endpoint {
  const allowed = methods.includes('GET') ? [...methods, 'HEAD'] : methods;
  return async (request, info) => {
    if (allowed.includes(request.method)) return endpoint(request, info);
    const allow = allowed.join(', ');
    return oauthError(405, 'invalid_request', `${request.method} is not answered here; use ${allow}`, {
      allow,
    });
  };
}
