import type { Client } from '@vestibule/core';
import { authenticationOf } from './authentication/authentication-of.ts';

/**
 * Whether a client has no means of authentication. Every dynamic client is public.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-2.1 RFC 6749 §2.1}
 */
export const isPublic = (client: Client): boolean => authenticationOf(client).method === 'none';
