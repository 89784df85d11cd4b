import type { DocumentClients, Seconds } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { type PlainRequest, type RequestInfo, sourceOf } from '@vestibule/http';
import type { PageProblem } from '../pages/views.ts';

/** Whether the client of a request has to be looked up again, or cannot be used. */
export type ClientObtained =
  | {
      readonly ok: true;
      /** Whether it is in the store by its document, perhaps since just now. */
      readonly isObtained: boolean;
    }
  | ({ readonly ok: false } & ObtainProblem);

/** Why a client with a metadata document cannot be used for a request. */
export type ObtainProblem =
  | {
      readonly problem: Extract<PageProblem, 'document-refused'>;
      /** For developers. */
      readonly detail: string;
    }
  | {
      readonly problem: Extract<PageProblem, 'document-unavailable' | 'too-many'>;
      readonly retryAfter: Seconds;
    };

/** How soon to try again if a document cannot be fetched, in seconds. */
const RETRY_AFTER = 30;

/**
 * Has the client of a request in the store, if its `client_id` is the URL of a metadata document. Called where a person is about to be
 * involved.
 */
export async function obtainClient(
  documents: DocumentClients | undefined,
  realm: Realm,
  clientId: string | undefined,
  request: Pick<PlainRequest, 'headers'>,
  { ip }: RequestInfo,
): Promise<ClientObtained> {
  if (documents === undefined || clientId === undefined) return { ok: true, isObtained: false };
  const obtained = await documents.obtain(realm, clientId, sourceOf(ip, request.headers.get('origin')));
  switch (obtained.outcome) {
    case 'other':
      return { ok: true, isObtained: false };
    case 'current':
    case 'stale':
      return { ok: true, isObtained: true };
    case 'refused':
      return { ok: false, problem: 'document-refused', detail: obtained.refusal.description };
    case 'unavailable':
      return { ok: false, problem: 'document-unavailable', retryAfter: RETRY_AFTER };
    case 'limited':
      return { ok: false, problem: 'too-many', retryAfter: obtained.retryAfter };
  }
}
