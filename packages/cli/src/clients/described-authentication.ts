import type { ClientDocument, DocumentAuthentication } from '@vestibule/core';
import { count } from '../output/count.ts';

const PUBLIC: DocumentAuthentication = { accepts: 'none' };

/** How a client with a metadata document authenticates, as JSON. Its keys are public. */
export const describedAuthentication = ({
  authentication = PUBLIC,
}: Pick<ClientDocument, 'authentication'>): DocumentAuthentication => authentication;

/** The same for people. */
export function describedAuthenticationLine(document: Pick<ClientDocument, 'authentication'>): string {
  const authentication = describedAuthentication(document);
  if (authentication.accepts === 'none') return 'none (public client)';
  const { accepts, keys } = authentication;
  const methods = accepts === 'either' ? 'none or private_key_jwt' : 'private_key_jwt';
  return `${methods}, ${keys.jwks === undefined ? `keys at ${keys.jwksUri}` : count(keys.jwks.keys.length, 'key')}`;
}
