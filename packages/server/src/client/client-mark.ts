import { isSelfRegistered, type RedirectUri } from '@vestibule/core';
import type { ClientMark } from '../records/client-name.ts';
import type { BoundMethod } from '../records/grant.ts';
import type { LocalizedClient } from './localized-client.ts';

/** The marker of a client's name on pages that lead to no destination of it. */
export const markOf = (client: LocalizedClient): ClientMark => ({
  ...(client.verifiedBy !== undefined && { verifiedBy: client.verifiedBy }),
  ...(!isSelfRegistered(client) && { isPreregistered: true }),
});

/**
 * The marker where the person is sent to this destination. The host of a client's document has verified the client if the person is
 * sent to it: then no other host gets the response. It also has if the grant is bound to a key of the document: then only the holder of
 * the key can use the response. Otherwise any program can use the URL of the document over loopback.
 *
 * @param bound the method that the grant is bound to
 * @param isPassedOn whether the host passes responses on to other programs, so that being sent to it proves nothing
 */
export function markAt(
  client: LocalizedClient,
  destination: RedirectUri,
  bound: BoundMethod | undefined,
  isPassedOn = false,
): ClientMark {
  const host = documentHostOf(client);
  const isTheirs = !isPassedOn && destination.kind === 'https' && destination.host === host;
  const isProved = isTheirs || bound === 'private_key_jwt';
  return { ...markOf(client), ...(host !== undefined && isProved && { verifiedBy: host }) };
}

/**
 * The host of the document that describes a client, with its port: its own document, or the one that verifies its registration.
 * `undefined` if no document does.
 */
export function documentHostOf(client: LocalizedClient): string | undefined {
  const described = client.kind === 'metadata-document' ? client : client.verifier;
  return described && new URL(described.document.uri).host;
}
