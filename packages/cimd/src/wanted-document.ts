import type { Instant, MetadataDocumentClient, Obtained } from '@vestibule/core';
import type { AuditFacts, DocumentEvent } from '@vestibule/core/audit';
import type { Realm } from '@vestibule/core/realm';
import type { RegistrationSource } from '@vestibule/core/registration';

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

/** Whether an outcome is that of all requests that want the document. A limit can be one of the networks of a single request. */
export const isForAll = ({ outcome }: Obtained): boolean => outcome !== 'limited';
