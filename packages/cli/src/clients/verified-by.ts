import { storedVerifications } from '@vestibule/cimd';
import {
  after,
  type Client,
  type ClientStore,
  type Instant,
  parseRedirectUri,
  type Verification,
} from '@vestibule/core';
import { dynamicClientPolicy } from '@vestibule/core/policy';
import type { Realm } from '@vestibule/core/realm';
import { vendors } from '@vestibule/vendor-directory';
import { isoTime, shortTime } from '../output/time.ts';
import { reasonWords } from './verification-words.ts';

/** Whether documents verify a registered client, by the host that it sends people to. */
export type VerifiedBy = ReadonlyMap<string, readonly Verification[]>;

/** What the store says about a client at each website that it sends people to. Websites without a document are left out. */
export async function verifiedBy(
  clients: Pick<ClientStore, 'find'>,
  realm: Realm,
  client: Client,
  now: Instant,
): Promise<VerifiedBy> {
  const options = { clients, clock: () => now, rules: { policy: dynamicClientPolicy, vendors } };
  const found = new Map<string, readonly Verification[]>();
  for (const [host, uri] of websitesOf(client.redirectUris)) {
    const verifications = await storedVerifications(options, realm, client, uri);
    if (verifications.length > 0) found.set(host, verifications);
  }
  return found;
}

/** A redirect URI for each website among them. */
export const websitesOf = (redirectUris: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    redirectUris.flatMap((raw) => {
      const parsed = parseRedirectUri(raw);
      return parsed.ok && parsed.uri.kind === 'https' ? [[parsed.uri.host, raw] as const] : [];
    }),
  );

/** How long the copy of the document counts if it is not fetched again. */
const untilOf = ({ verifier }: Verification & { readonly ok: true }, { settings }: Realm): Instant =>
  after(verifier.document.expiresAt, settings.metadataDocuments.stale);

/** A document is fetched when a person comes. */
const NOT_KNOWN = 'is not known: no person came yet, or it cannot be fetched';

/** For people: the host and its document, or what is wrong with each document. */
export const verifiedByLines = (verified: VerifiedBy, realm: Realm): readonly string[] =>
  [...verified].flatMap(([host, verifications]) =>
    verifications.map((one) =>
      one.ok
        ? `${host}, until ${shortTime(untilOf(one, realm))}: ${one.verifier.id}`
        : `not by ${host}: ${one.document} ${one.reason === 'unavailable' ? NOT_KNOWN : reasonWords(one)}`,
    ),
  );

/** The same as JSON. */
export const verifiedByDocument = (verified: VerifiedBy, realm: Realm): readonly object[] =>
  [...verified].flatMap(([host, verifications]) =>
    verifications.map((one) =>
      one.ok
        ? {
            host,
            verified: true,
            document: one.verifier.id,
            fetchedAt: isoTime(one.verifier.document.fetchedAt),
            until: isoTime(untilOf(one, realm)),
          }
        : { host, verified: false, document: one.document, reason: one.reason },
    ),
  );
