import type { Client, RegistrationVerifier } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import type { RequestHead } from '@vestibule/http';
import type { DisplayedClient } from '../records/displayed-client.ts';
import type { PresentClient } from './app-description.ts';
import { localizedClient } from './localized-client.ts';

/**
 * The current state of a client that a person approved. Only what the person saw as verified then can be verified now, so documents are
 * looked up for no other client.
 *
 * @param displayed newest first
 */
export async function presentClient(
  { metadataDocuments }: { readonly metadataDocuments?: RegistrationVerifier | undefined },
  request: RequestHead,
  realm: Realm,
  stored: Client | undefined,
  [latest]: readonly DisplayedClient[],
): Promise<PresentClient | undefined> {
  if (stored === undefined) return undefined;
  const shown = localizedClient(request, realm, stored);
  if (latest?.verifiedBy === undefined) return { stored, shown };
  const verifier = await metadataDocuments?.verifierOf(realm, stored, latest.redirectUri);
  return { stored, shown: verifier === undefined ? shown : { ...shown, verifier } };
}
