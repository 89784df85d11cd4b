import { isSelfRegistered, type RedirectUri } from '@vestibule/core';
import type { ClientMark } from '../records/client-name.ts';
import type { LocalizedClient } from './localized-client.ts';

/** The marker of a client's name on pages that lead to no destination of it. */
export const markOf = (client: LocalizedClient): ClientMark => ({
  ...(client.verifiedBy !== undefined && { verifiedBy: client.verifiedBy }),
  ...(!isSelfRegistered(client) && { isPreregistered: true }),
});

/**
 * The marker where the person is sent to this destination. The host of a client's document has verified the client if the person is
 * sent to it: then no other host gets the response. Over loopback any program can use the URL of the document.
 */
export function markAt(client: LocalizedClient, destination: RedirectUri): ClientMark {
  const host = documentHostOf(client);
  const isTheirs = host !== undefined && destination.kind === 'https' && destination.host === host;
  return { ...markOf(client), ...(isTheirs && { verifiedBy: host }) };
}

/**
 * The host of the document that describes a client, with its port: its own document, or the one that verifies its registration.
 * `undefined` if no document does.
 */
export function documentHostOf(client: LocalizedClient): string | undefined {
  const described = client.kind === 'metadata-document' ? client : client.verifier;
  return described && new URL(described.document.uri).host;
}
