import {
  type Client,
  clientIdentity,
  type ExpiredClient,
  type MetadataDocumentClient,
  redirectTarget,
} from '@vestibule/core';
import type { ApprovedDocument, DisplayedClient } from '../records/displayed-client.ts';
import { sha256 } from '../web/digest.ts';

const identityOf = (client: MetadataDocumentClient): string => sha256(`identity:${clientIdentity(client)}`);

/**
 * The document of a client as an approval stores it. `undefined` if the client has none.
 *
 * @param client as it is stored, not as one person sees it
 */
export const approvedDocument = (client: Client | ExpiredClient): ApprovedDocument | undefined =>
  client.kind === 'metadata-document'
    ? { fingerprint: client.document.fingerprint, identity: identityOf(client) }
    : undefined;

/**
 * Whether a client is the one that a person allowed. `unknown` if it has a document, and the approval is from before that was stored. A
 * client without a document always is: what it may change of itself is decided elsewhere.
 *
 * @param document the document of the client as an approval would store it now
 */
export function compareIdentity(
  document: ApprovedDocument | undefined,
  displayed: Pick<DisplayedClient, 'document'> | undefined,
): 'same' | 'other' | 'unknown' {
  if (document === undefined) return 'same';
  if (displayed?.document === undefined) return 'unknown';
  return displayed.document.identity === document.identity ? 'same' : 'other';
}

/**
 * Whether the document of a client still has the host that the person was sent to. If it has not, the client that they allowed does not
 * exist any more.
 */
export const hasApprovedHost = (
  client: Client,
  displayed: Pick<DisplayedClient, 'redirectUri'> | undefined,
): boolean =>
  client.kind !== 'metadata-document' ||
  displayed === undefined ||
  client.redirectUris.some((uri) => redirectTarget(uri) === redirectTarget(displayed.redirectUri));
