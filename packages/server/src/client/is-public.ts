import type { StoredClient } from '@vestibule/core';

/**
 * Whether a client has no means of authentication. Every dynamic client is public.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-2.1 RFC 6749 §2.1}
 */
export const isPublic = ({ preregistration }: Pick<StoredClient, 'preregistration'>): boolean =>
  preregistration === undefined || preregistration.authentication.method === 'none';
