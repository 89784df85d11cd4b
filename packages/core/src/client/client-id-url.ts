import { type Refusal, refusal } from '../refusal.ts';
import { quote } from '../text/quote.ts';

/** The longest URL that can be a `client_id`, in characters. */
const MAX_LENGTH = 1_024;

/** What a URL that can be a `client_id` says. */
export interface ClientIdUrl {
  /** The host with its port, if it has one, in the form of host patterns. */
  readonly host: string;
  /** Whether it has a query. Such a URL is valid and not recommended: a host may invent any number of them. */
  readonly hasQuery: boolean;
}

/** What a URL says as a `client_id`, or why it cannot be one. */
export type JudgedClientIdUrl =
  { readonly ok: true; readonly url: ClientIdUrl } | { readonly ok: false; readonly refusal: Refusal };

/** Whether a `client_id` means a metadata document. No id that this server makes begins like this. */
export const isDocumentId = (clientId: string): boolean => clientId.startsWith('https://');

/**
 * Judges whether a URL can be a `client_id`. It is compared byte by byte everywhere, so it has to be written as URL parsers write
 * it: then two programs never read it differently, and there are no two ways to name one document.
 *
 * @see {@link https://datatracker.ietf.org/doc/html/draft-ietf-oauth-client-id-metadata-document-03#section-3 Client ID Metadata
 * Document §3}
 */
export function judgeClientIdUrl(clientId: string): JudgedClientIdUrl {
  if (!isDocumentId(clientId)) return refused('client-id.scheme', 'client_id must begin with https://');
  if (clientId.length > MAX_LENGTH) {
    return refused('client-id.length', `client_id must have at most ${MAX_LENGTH} characters`);
  }
  if (clientId.includes('#')) return refused('client-id.fragment', 'client_id must not have a fragment');
  const url = URL.parse(clientId);
  if (url === null) return refused('client-id.url', 'client_id is not a URL');
  if (url.username !== '' || url.password !== '') {
    return refused('client-id.userinfo', 'client_id must not have a user name or a password');
  }
  if (url.href === `${clientId}/` && url.pathname === '/') {
    return refused('client-id.path', 'client_id must have a path');
  }
  // Parsers keep a backslash in a query, which other programs read as a slash.
  if (url.href !== clientId || clientId.includes('\\')) {
    return refused(
      'client-id.form',
      `client_id must be written in its normal form: ${quote(normalFormOf(url))}`,
    );
  }
  if (url.hostname.endsWith('.')) {
    return refused('client-id.host', 'the host of client_id must not end with a dot');
  }
  return { ok: true, url: { host: url.host, hasQuery: clientId.includes('?') } };
}

/** A backslash in a query is what parsers leave. */
const normalFormOf = ({ href }: URL): string => href.replaceAll('\\', '%5C');

const refused = (rule: string, description: string): JudgedClientIdUrl => ({
  ok: false,
  refusal: refusal('invalid_client_metadata', rule, description),
});
