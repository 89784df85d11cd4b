import { openScopes } from '../gates/gates.ts';
import { type Client, registrationOf } from '../client/client.ts';
import type { EffectiveClientMetadata } from '../metadata/client-metadata.ts';
import type { Realm } from '../realm/realm.ts';
import { formatScope } from '../identifiers/scope.ts';
import { toEpochSeconds } from '../time.ts';
import { toTaggedMembers } from './translations.ts';

/**
 * The response to a registration: everything that was registered. It has no `client_secret`, because dynamic clients have
 * none.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-3.2.1 RFC 7591 §3.2.1}
 * @see {@link https://www.rfc-editor.org/rfc/rfc7592#section-3 RFC 7592 §3}
 */
export interface ClientInformationResponse extends EffectiveClientMetadata {
  readonly client_id: string;
  readonly client_id_issued_at: number;
  /** The URI at which the client reads, changes and deletes its registration. Absent if it cannot. */
  readonly registration_client_uri?: string;
  /** The token for that. Only the client has it. */
  readonly registration_access_token?: string;
}

/** How a client manages its registration. */
export type ManagementAccess = Pick<
  ClientInformationResponse,
  'registration_client_uri' | 'registration_access_token'
>;

/** Maps a record to its response. A member without a value is left out: never `null`, never `""`. */
export function toClientInformationResponse(
  client: Client,
  realm: Realm,
  access: ManagementAccess = {},
): ClientInformationResponse {
  const metadata = toMetadata(client);
  const scope = metadata.scope ?? formatScope(openScopes(realm.scopes));
  return {
    client_id: client.id,
    client_id_issued_at: toEpochSeconds(client.issuedAt),
    ...metadata,
    ...(scope !== '' && { scope }),
    ...access,
  };
}

/** The registered metadata. */
export function toMetadata(client: Client): EffectiveClientMetadata {
  const { softwareStatement } = registrationOf(client);
  const metadata: { -readonly [Member in keyof EffectiveClientMetadata]: EffectiveClientMetadata[Member] } = {
    redirect_uris: client.redirectUris,
    token_endpoint_auth_method: 'none',
    grant_types: client.grantTypes,
    response_types: ['code'],
    client_name: client.name,
    application_type: client.applicationType,
  };
  if (client.scope !== undefined) metadata.scope = formatScope(client.scope);
  if (client.clientUri !== undefined) metadata.client_uri = client.clientUri;
  if (client.logoUri !== undefined) metadata.logo_uri = client.logoUri;
  if (client.tosUri !== undefined) metadata.tos_uri = client.tosUri;
  if (client.policyUri !== undefined) metadata.policy_uri = client.policyUri;
  if (client.softwareId !== undefined) metadata.software_id = client.softwareId;
  if (client.softwareVersion !== undefined) metadata.software_version = client.softwareVersion;
  if (client.contacts !== undefined) metadata.contacts = client.contacts;
  if (softwareStatement !== undefined) metadata.software_statement = softwareStatement;
  return client.translations === undefined
    ? metadata
    : { ...metadata, ...toTaggedMembers(client.translations) };
}
