import { matchesRedirectUri, type StoredClient } from '@vestibule/core';

/**
 * Whether a redirect URI is one of the client's as it is now. Asked again at each step: a client may replace its
 * registration (RFC 7592) while a person decides, and its new name must never stand over its old destination.
 */
export const isRegistered = ({ redirectUris }: Pick<StoredClient, 'redirectUris'>, uri: string): boolean =>
  redirectUris.some((registered) => matchesRedirectUri(registered, uri));
