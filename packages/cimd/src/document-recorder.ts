import { type AuditLog, type Clock, type ProcessCounts, quoteClientId, type Refusal } from '@vestibule/core';
import type { AuditFacts, DocumentEvent, DocumentLimit } from '@vestibule/core/audit';
import { documentEvent, type WantedDocument } from './wanted-document.ts';

/** Why a document is needed, as far as its events say. */
type Cause = Pick<WantedDocument, 'realm' | 'source' | 'clientId'>;

/** Records what keeps documents from being used. */
export interface DocumentRecorder {
  /** @param further what was refused, if it is not the document at the URL */
  refused(cause: Cause, refusal: Refusal, further?: { readonly isSnapshot?: true }): Promise<void>;
  /** Records the first one of its kind in a minute. */
  limited(cause: Cause, limit: DocumentLimit): Promise<void>;
  /** @param used what is used meanwhile */
  unavailable(
    cause: Cause,
    failure: { readonly reason: string; readonly detail: string },
    used: { readonly isStaleUsed?: true; readonly isSnapshotUsed?: true },
  ): Promise<void>;
}

export function createDocumentRecorder(
  audit: AuditLog,
  clock: Clock,
  counts: ProcessCounts,
): DocumentRecorder {
  const record = (cause: Cause, event: AuditFacts<DocumentEvent>): Promise<void> =>
    audit.record(documentEvent(cause, clock(), event));
  return {
    async refused(cause, { rule, description }, further = {}) {
      const claimedClientId = quoteClientId(cause.clientId);
      await record(cause, { type: 'document.refused', claimedClientId, rule, description, ...further });
    },
    async limited(cause, limit) {
      const key = `document:limited:${cause.realm.id}:${limit}`;
      const isNews = counts.use(key, { uses: 1, seconds: 60 }, clock());
      if (isNews.allowed) await record(cause, { type: 'document.limited', limit });
    },
    async unavailable(cause, { reason, detail }, used) {
      const claimedClientId = quoteClientId(cause.clientId);
      await record(cause, { type: 'document.unavailable', claimedClientId, reason, detail, ...used });
    },
  };
}
