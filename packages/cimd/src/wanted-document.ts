import {
  acceptsDocument,
  type Client,
  type Instant,
  isDocumentId,
  isOpenToDocuments,
  judgeClientIdUrl,
  type MetadataDocumentClient,
  type Obtained,
  type Refusal,
  refusal,
} from '@vestibule/core';
import type { AuditFacts, DocumentEvent } from '@vestibule/core/audit';
import type { Realm } from '@vestibule/core/realm';
import type { RegistrationSource } from '@vestibule/core/registration';
import { isFresh } from './stored-copy.ts';

/** A document that has to be fetched. */
export interface WantedDocument {
  readonly realm: Realm;
  readonly clientId: string;
  /** The host of its URL, with its port. */
  readonly host: string;
  /** The client as the store has it. Absent: it is unknown. */
  readonly stored: MetadataDocumentClient | undefined;
  /** Whose request needs it. Absent: no request waits for it. */
  readonly source?: RegistrationSource;
}

/**
 * The document that has to be fetched for a client, or the outcome if none has to be.
 *
 * @param found the client as the store has it
 */
export function wantedDocument(
  realm: Realm,
  clientId: string,
  found: Client | undefined,
  now: Instant,
): WantedDocument | Obtained {
  if (!isDocumentId(clientId) || !isOpenToDocuments(realm)) return OTHER;
  const stored = found?.kind === 'metadata-document' ? found : undefined;
  // What an operator or a registration decided stands, and so does a block.
  if (found !== undefined && (stored === undefined || stored.blockedAt !== undefined)) return OTHER;
  const judged = judgeClientIdUrl(clientId);
  if (!judged.ok) return { outcome: 'refused', refusal: judged.refusal };
  if (!acceptsDocument(realm, clientId)) return { outcome: 'refused', refusal: NOT_ACCEPTED };
  return stored !== undefined && isFresh(stored, realm, now)
    ? { outcome: 'current', client: stored }
    : { realm, clientId, host: judged.url.host, stored };
}

const OTHER = { outcome: 'other' } as const;

/** The refusal of a document because of its host. */
export const NOT_ACCEPTED: Refusal = refusal(
  'invalid_client_metadata',
  'document.host',
  'documents of this host are not accepted here',
);

/** Whether an outcome is that of all requests that want the document. A limit can be one of the networks of a single request. */
export const isForAll = ({ outcome }: Obtained): boolean => outcome !== 'limited';

/** An event about a document, with the members that all events share. */
export const documentEvent = (
  { realm, source }: Pick<WantedDocument, 'realm' | 'source'>,
  at: Instant,
  event: AuditFacts<DocumentEvent>,
): DocumentEvent => ({
  ...event,
  realm: realm.id,
  at,
  ...(source !== undefined && { ip: source.ip }),
});
