import { matchesHost, refusesHost } from '../redirect-uri/host-pattern.ts';
import type { Realm } from '../realm/realm.ts';

/**
 * Whether the realm accepts the metadata document at this URL: by its host, and unless that document is refused. A URL that is not
 * an https URL is never accepted.
 *
 * @param uri a `client_id`, exactly as it was sent
 */
export function acceptsDocument(
  { settings: { metadataDocuments: settings } }: Pick<Realm, 'settings'>,
  uri: string,
): boolean {
  const { open, allowedHosts, refusedHosts, refusedDocuments } = settings;
  const url = URL.parse(uri);
  if (!open || url?.protocol !== 'https:' || refusedDocuments.includes(uri)) return false;
  const { host } = url;
  if (refusedHosts.some((pattern) => refusesHost(pattern, host))) return false;
  return allowedHosts.length === 0 || allowedHosts.some((pattern) => matchesHost(pattern, host));
}
