import type { ClientCore, ClientTranslation } from '../client/client.ts';
import type { ClientMetadata, LocalizedMember } from '../metadata/client-metadata.ts';
import { LOCALIZED_MEMBERS, type TaggedMember, taggedMembers } from '../metadata/language.ts';

/** The member of the record for each member of the metadata. */
const RECORD: Readonly<Record<LocalizedMember, keyof ClientTranslation>> = {
  client_name: 'name',
  client_uri: 'clientUri',
  logo_uri: 'logoUri',
  tos_uri: 'tosUri',
  policy_uri: 'policyUri',
};

/** Maps metadata to the record, which is grouped by language. */
export function toTranslations(metadata: ClientMetadata): ClientCore['translations'] {
  const tagged = taggedMembers(metadata);
  if (tagged.length === 0) return undefined;
  const translations: Record<string, ClientTranslation> = {};
  for (const { member, language, value } of tagged) {
    translations[language] = { ...translations[language], [RECORD[member]]: value };
  }
  return translations;
}

/** Maps the record to metadata. */
export function toTaggedMembers(
  translations: NonNullable<ClientCore['translations']>,
): Readonly<Record<TaggedMember, string>> {
  const members: Record<TaggedMember, string> = {};
  for (const [language, translation] of Object.entries(translations)) {
    for (const member of LOCALIZED_MEMBERS) {
      const value = translation[RECORD[member]];
      if (value !== undefined) members[`${member}#${language}`] = value;
    }
  }
  return members;
}
