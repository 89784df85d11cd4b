import type { StoredClient } from '../client/stored-client.ts';
import type { EffectiveClientMetadata } from '../metadata/client-metadata.ts';
import type { Realm } from '../realm/realm.ts';
import type { Instant } from '../time.ts';
import { newAccess } from './access-token.ts';
import type { RegistrarOptions } from './options.ts';
import { toRecord } from './record.ts';
import type { ManagementAccess } from './response.ts';

/** What is known of a client besides its metadata. */
export type Circumstances = Pick<
  StoredClient,
  'issuedAt' | 'fingerprint' | 'bounds' | 'initialAccessTokenId' | 'vouchedBy'
>;

export type Storing =
  | { readonly outcome: 'stored'; readonly client: StoredClient; readonly access: ManagementAccess }
  | { readonly outcome: 'coalesced'; readonly client: StoredClient };

/** Stores a new client under an id that nobody has, with access to itself where the realm lets clients manage themselves. */
export async function storeClient(
  options: Pick<RegistrarOptions, 'clients' | 'entropy' | 'hash'>,
  realm: Realm,
  metadata: EffectiveClientMetadata,
  circumstances: Circumstances,
  sameSince: Instant | undefined,
): Promise<Storing> {
  const id = `dyn-${options.entropy()}`;
  const { told: access, ...kept } = realm.settings.registration.management.enabled
    ? await newAccess(options, realm, id)
    : { told: {} };
  const client = { ...toRecord(metadata), ...circumstances, ...kept, realm: realm.id, id, version: 1 };
  const insertion = await options.clients.insert(client, sameSince);
  switch (insertion.outcome) {
    case 'inserted':
      return { outcome: 'stored', client, access };
    case 'coalesced':
      return insertion;
    case 'exists':
      return storeClient(options, realm, metadata, circumstances, sameSince);
  }
}
