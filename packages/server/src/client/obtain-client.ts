import type { Client, DocumentClients, Seconds } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { type PlainRequest, type RequestInfo, sourceOf } from '@vestibule/http';
import type { PageProblem } from '../pages/views.ts';

/** The client of a request, or why it cannot be used. */
export type ClientObtained =
  | {
      readonly ok: true;
      /** Absent: there is no client with this id. */
      readonly client: Client | undefined;
    }
  | ({ readonly ok: false } & ObtainProblem);

/** Why a client with a metadata document cannot be used for a request. */
export type ObtainProblem =
  | {
      readonly problem: Extract<PageProblem, 'document-refused'>;
      /** For developers. */
      readonly detail: string;
      /** The id of the rule that refused the document. */
      readonly rule: string;
    }
  | {
      readonly problem: Extract<PageProblem, 'document-unavailable' | 'too-many'>;
      readonly retryAfter: Seconds;
    };

/**
 * The client of a request: as its document describes it, if its `client_id` is the URL of a metadata document. Called where a person is
 * about to be involved.
 *
 * @param found the client with this id, as it was just read
 */
export async function obtainClient(
  documents: DocumentClients | undefined,
  realm: Realm,
  clientId: string | undefined,
  found: Client | undefined,
  request: Pick<PlainRequest, 'headers'>,
  { ip }: RequestInfo,
): Promise<ClientObtained> {
  if (documents === undefined || clientId === undefined) return { ok: true, client: found };
  const source = sourceOf(ip, request.headers.get('origin'));
  const obtained = await documents.obtain(realm, clientId, found, source);
  switch (obtained.outcome) {
    case 'other':
      return { ok: true, client: found };
    case 'current':
    case 'stale':
      return { ok: true, client: obtained.client };
    case 'refused':
      return {
        ok: false,
        problem: 'document-refused',
        detail: obtained.refusal.description,
        rule: obtained.refusal.rule,
      };
    case 'unavailable':
      return { ok: false, problem: 'document-unavailable', retryAfter: obtained.retryAfter };
    case 'limited':
      return { ok: false, problem: 'too-many', retryAfter: obtained.retryAfter };
  }
}
