import { type Client, judgeClientIdUrl, matchesRedirectUri, type Vendor } from '@vestibule/core';

/** What a registered client says about itself that can lead to a document. */
export type Registered = Pick<Client, 'name' | 'redirectUris' | 'clientUri' | 'softwareId'>;

/** The largest number of documents that are fetched for one client. */
const MOST = 2;

/**
 * The documents that could verify a registered client where it sends people to a host, the best one first. All of them are on that
 * host: nothing is verified by another website than the one that gets the response. So must be `client_uri`, if the client has one.
 *
 * No document is invented: it is one that a vendor is known to publish, with the name and all redirect URIs of the client, or the
 * `software_id` of the client if that is a URL. `client_uri` is a page for people, and never fetched.
 *
 * @param host the host of a redirect URI of the client, with its port
 * @param vendors with the documents that they are known to publish
 */
export function verifyingDocuments(
  { name, redirectUris, clientUri, softwareId }: Registered,
  host: string,
  vendors: readonly Vendor[],
): readonly string[] {
  if (clientUri !== undefined && URL.parse(clientUri)?.host !== host) return [];
  const published = vendors
    .flatMap(({ documents = [] }) => documents)
    .filter((document) => document.name === name && hasEach(document.redirectUris, redirectUris))
    .map(({ uri }) => uri);
  const documents = [...published, softwareId].filter((uri) => uri !== undefined);
  return [...new Set(documents)].filter((uri) => isDocumentAt(uri, host)).slice(0, MOST);
}

/** Whether each of these redirect URIs matches one that a document lists. */
export const hasEach = (listed: readonly string[], redirectUris: readonly string[]): boolean =>
  redirectUris.every((uri) => listed.some((one) => matchesRedirectUri(one, uri)));

function isDocumentAt(uri: string, host: string): boolean {
  const judged = judgeClientIdUrl(uri);
  return judged.ok && judged.url.host === host;
}
