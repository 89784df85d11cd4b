import type { AuditEvent } from '../audit/event.ts';
import { recordChange } from '../audit/recorded-change.ts';
import type { StoredClient } from '../client/stored-client.ts';
import type { EffectiveClientMetadata } from '../metadata/client-metadata.ts';
import type { Realm } from '../realm/realm.ts';
import type { Instant } from '../time.ts';
import { newAccess } from './present-access-token.ts';
import type { RegistrarOptions } from './registrar-options.ts';
import { toRecord } from './record.ts';
import type { ManagementAccess } from './respond.ts';

/** What is known about a client besides its metadata. */
export type Circumstances = Pick<
  StoredClient,
  'issuedAt' | 'fingerprint' | 'bounds' | 'initialAccessTokenId' | 'vouchedBy'
>;

export type Storing =
  | { readonly outcome: 'stored'; readonly client: StoredClient; readonly access: ManagementAccess }
  | { readonly outcome: 'coalesced'; readonly client: StoredClient };

export interface NewClient {
  readonly metadata: EffectiveClientMetadata;
  readonly circumstances: Circumstances;
  /** If a client with the same fingerprint was registered after this time, that one is returned instead. */
  readonly duplicateSince: Instant | undefined;
  /** The events that are recorded together with the client if it is stored. */
  readonly eventsOf: (client: StoredClient) => readonly AuditEvent[];
}

/**
 * Stores a new client under an unused id, together with its events, and with a registration access token if clients of the
 * realm can manage themselves.
 */
export async function storeClient(
  options: Pick<RegistrarOptions, 'audit' | 'clients' | 'generateToken' | 'hash' | 'managementUri'>,
  realm: Realm,
  asked: NewClient,
): Promise<Storing> {
  const { metadata, circumstances, duplicateSince, eventsOf } = asked;
  const id = `dyn-${options.generateToken()}`;
  const { managementUri } = options;
  const { told: access, ...kept } =
    managementUri !== undefined && realm.settings.registration.management.enabled
      ? await newAccess(options, managementUri(realm, id))
      : { told: {} };
  const client = { ...toRecord(metadata), ...circumstances, ...kept, realm: realm.id, id, version: 1 };
  const insertion = await recordChange(options.audit, {
    events: eventsOf(client),
    change: (events) => options.clients.insert(client, duplicateSince, events),
    isMade: ({ outcome }) => outcome === 'inserted',
  });
  switch (insertion.outcome) {
    case 'inserted':
      return { outcome: 'stored', client, access };
    case 'coalesced':
      return insertion;
    case 'exists':
      return storeClient(options, realm, asked);
  }
}
