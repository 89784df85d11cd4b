import { createMetadataDocuments, type GuardedFetch } from '@vestibule/cimd';
import type { Clock, DynamicClient, Verification } from '@vestibule/core';
import { createMemoryRegistrationStores } from '@vestibule/core/memory';
import type { Realm, RealmRecord } from '@vestibule/core/realm';
import { type Judged, toRecord } from '@vestibule/core/registration';
import { sha256, sourceOf } from '@vestibule/http';
import { vendors } from '@vestibule/vendor-directory';
import { reasonWords } from '../clients/verification-words.ts';
import { websitesOf } from '../clients/verified-by.ts';
import { harmless } from '../output/harmless.ts';

/** What documents say about a registration at a website that it sends people to. */
export interface ExplainedVerification {
  readonly host: string;
  readonly verification: Verification;
}

/** What documents are fetched with. */
interface FetchingContext {
  readonly fetch: GuardedFetch;
  readonly clock: Clock;
  /** Called with an error of this program. */
  readonly onError: (error: unknown) => void;
}

/**
 * Fetches the documents that could verify an accepted registration, as an authorization would. Nothing is fetched if the realm does not
 * verify registrations. All stores are in memory.
 *
 * @param siblings all realms of the same database, whose names and hosts are reserved
 */
export async function explainVerification(
  realm: Realm,
  siblings: readonly RealmRecord[],
  { metadata, vouchedBy }: Judged & { readonly ok: true },
  context: FetchingContext,
): Promise<readonly ExplainedVerification[]> {
  const { clients, audit, commit } = createMemoryRegistrationStores();
  const realms = { find: async () => realm, list: async () => siblings };
  const documents = createMetadataDocuments({
    ...context,
    realms,
    clients,
    commit,
    audit,
    hash: sha256,
    vendors,
  });
  const client: DynamicClient = {
    kind: 'dynamic',
    realm: realm.id,
    id: 'explained',
    version: 1,
    ...toRecord(metadata),
    issuedAt: context.clock(),
    registration: vouchedBy === undefined ? {} : { vouchedBy },
  };
  const explained: ExplainedVerification[] = [];
  for (const [host, redirectUri] of websitesOf(metadata.redirect_uris)) {
    const verifications = await documents.verify(realm, client, redirectUri, THIS_COMPUTER);
    explained.push(...verifications.map((one) => ({ host, verification: withDetail(one) })));
  }
  return explained;

  /** Why a document could not be fetched. */
  function withDetail(verification: Verification): Verification {
    if (verification.ok || verification.reason !== 'unavailable') return verification;
    const event = audit.events.findLast(({ type }) => type === 'document.unavailable');
    return event?.type === 'document.unavailable' ? { ...verification, detail: event.detail } : verification;
  }
}

/** As JSON. */
export const verificationDocument = ({ host, verification }: ExplainedVerification): object =>
  verification.ok
    ? { host, verified: true, document: verification.verifier.id }
    : {
        host,
        verified: false,
        document: verification.document,
        reason: verification.reason,
        ...(verification.detail !== undefined && { detail: verification.detail }),
      };

/** For people. */
export function verificationText({ host, verification }: ExplainedVerification): string {
  if (!verification.ok) {
    return `Not verified by ${harmless(host)}: ${harmless(verification.document)} ${harmless(reasonWords(verification))}.`;
  }
  return `Verified by ${harmless(host)} where people are sent to it: ${harmless(verification.verifier.id)} has its name and all of its redirect URIs.`;
}

const THIS_COMPUTER = sourceOf('127.0.0.1');
