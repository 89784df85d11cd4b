import { matchesHost, refusesHost } from '../redirect-uri/host-pattern.ts';
import { isAtIssuer } from '../realm/issuer.ts';
import type { Realm } from '../realm/realm.ts';

/**
 * Whether the realm accepts the metadata document at this URL: by its host, and unless that document is refused. A URL that is not
 * an https URL is never accepted, and neither is one at the server itself: it publishes no documents, and to fetch from itself for a
 * stranger would be a request with its own address.
 *
 * @param uri a `client_id`, exactly as it was sent
 */
export function acceptsDocument(
  { issuer, settings: { metadataDocuments: settings } }: Pick<Realm, 'issuer' | 'settings'>,
  uri: string,
): boolean {
  const { open, allowedHosts, refusedHosts, refusedDocuments } = settings;
  const url = URL.parse(uri);
  if (!open || url?.protocol !== 'https:' || refusedDocuments.includes(uri)) return false;
  const { host } = url;
  if (isAtIssuer(issuer, uri) || isRefused(refusedHosts, host)) return false;
  return allowedHosts.length === 0 || allowedHosts.some((pattern) => matchesHost(pattern, host));
}

/**
 * Whether the realm lets keys be fetched from this URL, which the document of a client names. The host of an accepted document decides
 * where its keys are, so the host of the keys need not be an allowed one. A refused one is never asked, and neither is the server itself.
 */
export function acceptsKeysAt(
  { issuer, settings: { metadataDocuments } }: Pick<Realm, 'issuer' | 'settings'>,
  jwksUri: string,
): boolean {
  const host = URL.parse(jwksUri)?.host;
  if (!metadataDocuments.open || host === undefined || isAtIssuer(issuer, jwksUri)) return false;
  return !isRefused(metadataDocuments.refusedHosts, host);
}

const isRefused = (refusedHosts: readonly string[], host: string): boolean =>
  refusedHosts.some((pattern) => refusesHost(pattern, host));
