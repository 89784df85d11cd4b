import type { DynamicClient } from '../client/client.ts';
import type { Registration } from '../client/registration.ts';
import type { EffectiveClientMetadata } from '../metadata/client-metadata.ts';
import type { Realm } from '../realm/realm.ts';
import type { Instant } from '../time.ts';
import { newClientId } from './client-id.ts';
import { isManaging } from './persistence.ts';
import { newAccess } from './present-access-token.ts';
import { statementOf, toRecord } from './record.ts';
import type { RegistrarOptions } from './registrar-options.ts';
import type { ManagementAccess } from './respond.ts';

/** A client to be stored, and what it gets to manage itself. */
export interface CreatedClient {
  readonly client: DynamicClient;
  readonly access: ManagementAccess;
}

export interface NewClient {
  readonly metadata: EffectiveClientMetadata;
  /** What is known about its registration besides the metadata. */
  readonly registration: Omit<Registration, 'accessTokenHash' | 'softwareStatement' | 'hibernatedAt'>;
  readonly issuedAt: Instant;
}

/** Creates a client with a new id, and with a registration access token if clients of the realm can manage themselves. */
export function createClient(
  options: Pick<RegistrarOptions, 'generateToken' | 'hash' | 'managementUri'>,
  realm: Realm,
  { metadata, registration, issuedAt }: NewClient,
): CreatedClient {
  const id = newClientId(issuedAt, options.generateToken());
  const { managementUri } = options;
  const access =
    managementUri !== undefined && isManaging(realm)
      ? newAccess(options, managementUri(realm, id))
      : undefined;
  const client: DynamicClient = {
    kind: 'dynamic',
    realm: realm.id,
    id,
    version: 1,
    ...toRecord(metadata),
    issuedAt,
    registration: {
      ...registration,
      ...statementOf(metadata),
      ...(access !== undefined && { accessTokenHash: access.accessTokenHash }),
    },
  };
  return { client, access: access?.told ?? {} };
}
