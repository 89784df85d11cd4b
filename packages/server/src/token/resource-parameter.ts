import { sameResource } from '@vestibule/core';
import { refuse, type TokenRefusal } from '../errors/token-refusal.ts';

/**
 * A token request can repeat the resource, and must then name the one of the grant. Without it the resource of the grant is
 * used.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8707#section-2.2 RFC 8707 §2.2}
 */
export function wrongResource(parameters: URLSearchParams, granted: string): TokenRefusal | undefined {
  return parameters.getAll('resource').every((resource) => sameResource(resource, granted))
    ? undefined
    : refuse('invalid_target', 'resource is not the API that was granted');
}
