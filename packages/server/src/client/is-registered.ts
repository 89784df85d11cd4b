import { matchesRedirectUri, type Client } from '@vestibule/core';

/**
 * Whether a redirect URI is currently registered. Checked at each step: a client can replace its registration (RFC 7592)
 * while a person decides, and its new name must never be displayed with its old destination.
 */
export const isRegistered = ({ redirectUris }: Pick<Client, 'redirectUris'>, uri: string): boolean =>
  redirectUris.some((registered) => matchesRedirectUri(registered, uri));
