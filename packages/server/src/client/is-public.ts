import type { Client } from '@vestibule/core';
import { authenticationsOf } from './authentication/authentication-of.ts';

/**
 * Whether a client can be used without authentication. Every dynamic client can, and a client with a metadata document if its document
 * allows it, whatever else it allows.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-2.1 RFC 6749 §2.1}
 */
export const isPublic = (client: Client): boolean =>
  authenticationsOf(client).some(({ method }) => method === 'none');
