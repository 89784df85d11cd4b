import { type MetadataDocumentClient, toEpochSeconds } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { countedNetworksOf, type JsonWebKeySet } from '@vestibule/core/registration';
import type { BridgeContext } from '../bridge-context.ts';
import type { RequestSource } from './request-source.ts';

/** For how long fetched keys are used, in seconds. */
const KEPT_FOR = 600;
/** The largest number of key sets that are kept. */
const MOST_KEPT = 1_000;
const MAX_BYTES = 65_536;

/** Finds the keys that a document names: those in it, or those at its URL, fetched through the guard and kept for ten minutes. */
export type FindKeys = (
  realm: Realm,
  client: MetadataDocumentClient,
  source: RequestSource,
) => Promise<JsonWebKeySet | undefined>;

/** Creates {@link FindKeys}. oidc-provider itself never fetches `jwks_uri`, because its `fetch` has no guard. */
export function keyFinder({ metadataDocuments, clock }: BridgeContext): FindKeys {
  const kept = new Map<string, { readonly until: number; readonly keys: JsonWebKeySet }>();
  return async (realm, client, source) => {
    const authentication = client.document.authentication;
    if (authentication === undefined || authentication.accepts === 'none') return undefined;
    const { jwks, jwksUri: url } = authentication.keys;
    if (jwks !== undefined) return jwks;
    const now = toEpochSeconds(clock());
    const known = kept.get(url);
    if (known !== undefined && known.until > now) return known.keys;
    const fetched = await metadataDocuments?.fetchKeys({
      url,
      maxBytes: MAX_BYTES,
      cause: { clientId: client.id, networks: countedNetworksOf(realm, source) },
    });
    if (fetched?.ok !== true || !isKeySet(fetched.body)) return undefined;
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(url, { until: now + KEPT_FOR, keys: fetched.body });
    return fetched.body;
  };
}

const isKeySet = (body: unknown): body is JsonWebKeySet =>
  typeof body === 'object' && body !== null && 'keys' in body && Array.isArray(body.keys);
