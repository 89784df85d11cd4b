import { openScopes } from '../gates/gates.ts';
import type { StoredClient } from '../client/stored-client.ts';
import type { EffectiveClientMetadata } from '../metadata/client-metadata.ts';
import type { Realm } from '../realm/realm.ts';
import { formatScope } from '../scope/scope.ts';
import { toEpochSeconds } from '../time.ts';
import { toTaggedMembers } from './translations.ts';

/**
 * What a client is told when it has registered: everything that was registered, as it was registered.
 * There is no `client_secret`, because there is no secret.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-3.2.1 RFC 7591 §3.2.1}
 */
export interface ClientInformationResponse extends EffectiveClientMetadata {
  readonly client_id: string;
  readonly client_id_issued_at: number;
}

/** From the record to the wire. A member without a value is left out: never `null`, never `""`. */
export function toClientInformationResponse(client: StoredClient, realm: Realm): ClientInformationResponse {
  const scope = formatScope(client.scope ?? openScopes(realm.scopes));
  return {
    client_id: client.id,
    client_id_issued_at: toEpochSeconds(client.issuedAt),
    redirect_uris: client.redirectUris,
    token_endpoint_auth_method: 'none',
    grant_types: client.grantTypes,
    response_types: ['code'],
    client_name: client.name,
    application_type: client.applicationType,
    ...(scope === '' ? {} : { scope }),
    ...(client.clientUri === undefined ? {} : { client_uri: client.clientUri }),
    ...(client.logoUri === undefined ? {} : { logo_uri: client.logoUri }),
    ...(client.tosUri === undefined ? {} : { tos_uri: client.tosUri }),
    ...(client.policyUri === undefined ? {} : { policy_uri: client.policyUri }),
    ...(client.softwareId === undefined ? {} : { software_id: client.softwareId }),
    ...(client.softwareVersion === undefined ? {} : { software_version: client.softwareVersion }),
    ...(client.contacts === undefined ? {} : { contacts: client.contacts }),
    ...toTaggedMembers(client.translations),
  };
}
