import { type Refusal, refusal } from '../refusal.ts';
import type { DocumentAuthentication } from './document-authentication.ts';
import { isObject, isPresent } from '../members.ts';
import { AUTHENTICATION_MEMBERS, readAuthentication } from './read-authentication.ts';

/** A document whose form is good, before the policy judges it. */
export type ReadDocument =
  | {
      readonly ok: true;
      /** What the policy reads, like the body of a registration request. */
      readonly body: Readonly<Record<string, unknown>>;
      readonly authentication: DocumentAuthentication;
    }
  | { readonly ok: false; readonly refusal: Refusal };

/** What a document says about authentication and keys, which is not for the policy, and what only a server decides. */
const APART: ReadonlySet<string> = new Set([...AUTHENTICATION_MEMBERS, 'client_id', 'software_statement']);

/**
 * Checks what a metadata document must be besides good metadata: it names its own URL, contains no secret, and can authenticate in
 * a way that this server knows. Unknown members are ignored.
 *
 * @param clientId the URL that it was fetched from
 * @see {@link https://datatracker.ietf.org/doc/html/draft-ietf-oauth-client-id-metadata-document-03#section-4 Client ID Metadata
 * Document §4}
 */
export function readDocument(clientId: string, document: unknown): ReadDocument {
  if (!isObject(document)) return refused('document.object', 'the document must be a JSON object');
  if (document['client_id'] !== clientId) {
    return refused(
      'document.client-id',
      'the client_id of the document must be its own URL, letter by letter',
    );
  }
  for (const member of ['client_secret', 'client_secret_expires_at']) {
    if (isPresent(document[member])) {
      return refused('document.secret', `the document must not have ${member}: everybody can read it`);
    }
  }
  const read = readAuthentication(document);
  if (!read.ok) return refused(read.rule, read.description);
  const body = Object.fromEntries(Object.entries(document).filter(([member]) => !APART.has(member)));
  return { ok: true, body, authentication: read.authentication };
}

const refused = (rule: string, description: string): ReadDocument => ({
  ok: false,
  refusal: refusal('invalid_client_metadata', rule, description),
});
