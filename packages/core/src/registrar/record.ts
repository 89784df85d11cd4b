import type { StoredClient } from '../client/stored-client.ts';
import type { EffectiveClientMetadata } from '../metadata/client-metadata.ts';
import { toTranslations } from './translations.ts';
import { parseScope } from '../scope/scope.ts';

/** From effective metadata to the record. */
export function toStoredClient(
  metadata: EffectiveClientMetadata,
  identity: Pick<StoredClient, 'realm' | 'id' | 'issuedAt'>,
): StoredClient {
  const { scope, client_uri, logo_uri, tos_uri, policy_uri } = metadata;
  const { software_id, software_version, contacts } = metadata;
  const translations = toTranslations(metadata);
  return {
    ...identity,
    name: metadata.client_name,
    redirectUris: metadata.redirect_uris,
    grantTypes: metadata.grant_types,
    applicationType: metadata.application_type,
    ...(scope === undefined ? {} : { scope: parseScope(scope) ?? [] }),
    ...(client_uri === undefined ? {} : { clientUri: client_uri }),
    ...(logo_uri === undefined ? {} : { logoUri: logo_uri }),
    ...(tos_uri === undefined ? {} : { tosUri: tos_uri }),
    ...(policy_uri === undefined ? {} : { policyUri: policy_uri }),
    ...(software_id === undefined ? {} : { softwareId: software_id }),
    ...(software_version === undefined ? {} : { softwareVersion: software_version }),
    ...(contacts === undefined ? {} : { contacts }),
    ...(translations === undefined ? {} : { translations }),
  };
}
