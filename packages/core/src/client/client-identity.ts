import { redirectTarget } from '../redirect-uri/redirect-target.ts';
import type { MetadataDocumentClient } from './client.ts';
import type { DocumentAuthentication } from './document-authentication.ts';

/** What a client is to a person, as far as its document says it. */
type Described = Pick<MetadataDocumentClient, 'name' | 'translations' | 'redirectUris'> & {
  readonly document: Pick<MetadataDocumentClient['document'], 'authentication'>;
};

/**
 * What makes a client with a metadata document the one that a person allowed: its names, the hosts that it sends people to, and how it
 * authenticates. If the text differs, a person has to be asked again. Another redirect URI at the same host, another order and another
 * logo result in the same text. So do other keys at the same URL, which are expected to change from time to time.
 *
 * @see {@link https://datatracker.ietf.org/doc/html/draft-ietf-oauth-client-id-metadata-document-03#section-9.4 Client ID Metadata
 * Document §9.4}
 */
export function clientIdentity({ name, translations = {}, redirectUris, document }: Described): string {
  const names = Object.entries(translations).map(([language, translation]) => [language, translation.name]);
  return JSON.stringify([
    name,
    names.filter(([, translated]) => translated !== undefined).toSorted(byText),
    distinct(redirectUris.map(redirectTarget)),
    authenticationIdentity(document.authentication),
  ]);
}

function authenticationIdentity(
  authentication: DocumentAuthentication = { accepts: 'none' },
): readonly unknown[] {
  const { accepts } = authentication;
  if (accepts === 'none') return [accepts];
  const { jwks, jwksUri } = authentication.keys;
  return [accepts, jwksUri, jwks && distinct(jwks.keys.map(keyIdentity))];
}

/** The members that are the key itself (RFC 7638 §3.2, RFC 8037 §2), without its name and its use. */
const KEY_MEMBERS = ['kty', 'crv', 'x', 'y', 'n', 'e'] as const;

const keyIdentity = (key: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(KEY_MEMBERS.map((member) => key[member]));

const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)].toSorted();

const byText = (one: readonly unknown[], other: readonly unknown[]): number =>
  String(one) < String(other) ? -1 : 1;
