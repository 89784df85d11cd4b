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
  if (isAtIssuer(issuer, uri)) return false;
  if (refusedHosts.some((pattern) => refusesHost(pattern, host))) return false;
  return allowedHosts.length === 0 || allowedHosts.some((pattern) => matchesHost(pattern, host));
}
