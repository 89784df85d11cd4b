import type { Registration } from '../client/registration.ts';
import type { ClientCore, DynamicClient } from '../client/client.ts';
import type { EffectiveClientMetadata } from '../metadata/client-metadata.ts';
import { toTranslations } from './translations.ts';
import { parseScope } from '../identifiers/scope.ts';

/** The members of a record that the client sets. */
type OwnMember =
  | 'name'
  | 'redirectUris'
  | 'grantTypes'
  | 'applicationType'
  | 'scope'
  | 'clientUri'
  | 'logoUri'
  | 'tosUri'
  | 'policyUri'
  | 'softwareId'
  | 'softwareVersion'
  | 'contacts'
  | 'translations';

/** Maps effective metadata to the members of a record that the client sets. */
export function toRecord(metadata: EffectiveClientMetadata): Pick<ClientCore, OwnMember> {
  const { scope, client_uri, logo_uri, tos_uri, policy_uri } = metadata;
  const { software_id, software_version, contacts } = metadata;
  const translations = toTranslations(metadata);
  return {
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

/** The software statement of effective metadata, as a registration keeps it. */
export const statementOf = ({
  software_statement,
}: EffectiveClientMetadata): Pick<Registration, 'softwareStatement'> =>
  software_statement === undefined ? {} : { softwareStatement: software_statement };

/** The members that an update does not change: those that the client does not set, and that do not follow from them. */
export function withoutOwnWords(client: DynamicClient): Omit<DynamicClient, OwnMember> {
  const {
    name: _name,
    redirectUris: _redirectUris,
    grantTypes: _grantTypes,
    applicationType: _applicationType,
    scope: _scope,
    clientUri: _clientUri,
    logoUri: _logoUri,
    tosUri: _tosUri,
    policyUri: _policyUri,
    softwareId: _softwareId,
    softwareVersion: _softwareVersion,
    contacts: _contacts,
    translations: _translations,
    registration: {
      softwareStatement: _statement,
      vouchedBy: _vouchedBy,
      fingerprint: _fingerprint,
      ...registration
    },
    ...rest
  } = client;
  return { ...rest, registration };
}
