import type { Registration } from '../client/registration.ts';
import type { ClientCore, DynamicClient } from '../client/client.ts';
import type { EffectiveClientMetadata } from '../metadata/client-metadata.ts';
import { toTranslations } from './translations.ts';
import { parseScope } from '../identifiers/scope.ts';

/** The name of a member of a record that the client sets. */
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

/** The members of a record that the client sets. */
type OwnMembers = Pick<ClientCore, OwnMember>;

/** Maps effective metadata to the members of a record that the client sets. */
export function toRecord(metadata: EffectiveClientMetadata): OwnMembers {
  const { scope, client_uri, logo_uri, tos_uri, policy_uri } = metadata;
  const { software_id, software_version, contacts } = metadata;
  const record: { -readonly [Member in keyof OwnMembers]: OwnMembers[Member] } = {
    name: metadata.client_name,
    redirectUris: metadata.redirect_uris,
    grantTypes: metadata.grant_types,
    applicationType: metadata.application_type,
  };
  if (scope !== undefined) record.scope = parseScope(scope) ?? [];
  if (client_uri !== undefined) record.clientUri = client_uri;
  if (logo_uri !== undefined) record.logoUri = logo_uri;
  if (tos_uri !== undefined) record.tosUri = tos_uri;
  if (policy_uri !== undefined) record.policyUri = policy_uri;
  if (software_id !== undefined) record.softwareId = software_id;
  if (software_version !== undefined) record.softwareVersion = software_version;
  if (contacts !== undefined) record.contacts = contacts;
  const translations = toTranslations(metadata);
  if (translations !== undefined) record.translations = translations;
  return record;
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
