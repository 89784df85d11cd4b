import type { Client, MetadataDocumentClient, UnverifiedReason } from '@vestibule/core';
import { hasEach } from './verifying-documents.ts';

/** What a registered client and the client of a document must have in common. */
type Described = Pick<Client, 'name' | 'translations' | 'redirectUris'>;

/**
 * Why the document of one client does not verify another, registered client; `undefined` if it does. It must list every redirect URI,
 * so that no response ever goes to a place that it does not know. It must have every name, because the page says that its host chose
 * the name: a stranger can register with the redirect URIs of anyone, and a name of their own.
 */
export function whyUnverified(
  registered: Described,
  verifier: MetadataDocumentClient,
): Extract<UnverifiedReason, 'redirect-uris' | 'name'> | undefined {
  if (!hasEach(verifier.redirectUris, registered.redirectUris)) return 'redirect-uris';
  const names = namesOf(verifier);
  return namesOf(registered).every((name) => names.includes(name)) ? undefined : 'name';
}

const namesOf = ({ name, translations = {} }: Described): readonly string[] => [
  name,
  ...Object.values(translations).flatMap((translation) => translation.name ?? []),
];
