import type { AuditEvent } from '../audit/event.ts';
import { recordChange } from '../audit/recorded-change.ts';
import type { Client, DynamicClient } from '../client/client.ts';
import type { EffectiveClientMetadata } from '../metadata/client-metadata.ts';
import type { Realm } from '../realm/realm.ts';
import type { Instant } from '../time.ts';
import type { Registration } from '../client/registration.ts';
import { newAccess } from './present-access-token.ts';
import type { RegistrarOptions } from './registrar-options.ts';
import { statementOf, toRecord } from './record.ts';
import type { ManagementAccess } from './respond.ts';

export type Storing =
  | { readonly outcome: 'stored'; readonly client: DynamicClient; readonly access: ManagementAccess }
  | { readonly outcome: 'coalesced'; readonly client: Client };

export interface NewClient {
  readonly metadata: EffectiveClientMetadata;
  /** What is known about its registration besides the metadata. */
  readonly registration: Omit<Registration, 'accessTokenHash' | 'softwareStatement' | 'hibernatedAt'>;
  readonly issuedAt: Instant;
  /** If a client with the same fingerprint was registered after this time, that one is returned instead. */
  readonly duplicateSince: Instant | undefined;
  /** The events that are recorded together with the client if it is stored. */
  readonly eventsOf: (client: DynamicClient) => readonly AuditEvent[];
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
  const { metadata, registration, issuedAt, duplicateSince, eventsOf } = asked;
  const id = `dyn-${options.generateToken()}`;
  const { managementUri } = options;
  const { told: access, ...kept } =
    managementUri !== undefined && realm.settings.registration.management.enabled
      ? newAccess(options, managementUri(realm, id))
      : { told: {} };
  const client: DynamicClient = {
    kind: 'dynamic',
    realm: realm.id,
    id,
    version: 1,
    ...toRecord(metadata),
    issuedAt,
    registration: { ...registration, ...statementOf(metadata), ...kept },
  };
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
