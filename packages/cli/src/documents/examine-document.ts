import { type FetchFailure, judgeDocument } from '@vestibule/cimd';
import { acceptsDocument, judgeClientIdUrl, type Refusal, refusal } from '@vestibule/core';
import { dynamicClientPolicy } from '@vestibule/core/policy';
import { createNeighbours, isAtIssuer, type Realm } from '@vestibule/core/realm';
import type { Judged } from '@vestibule/core/registration';
import { vendors } from '@vestibule/vendor-directory';
import type { CommandContext } from '../context/command-context.ts';
import { documentFetchOf } from '../context/document-fetch.ts';
import type { RealmContext } from '../realm/in-realm.ts';

/** What the server would make of a document. */
export type Examined =
  | {
      readonly outcome: 'judged';
      readonly judged: Judged;
      /** The document. Absent: its URL is refused, so it was not read. */
      readonly document?: unknown;
    }
  | { readonly outcome: 'unavailable'; readonly failure: FetchFailure };

/** A document that was read, or why it cannot be fetched. */
export type ReadOutcome = { readonly ok: true; readonly body: unknown } | FetchFailure;

/** Fetches the document at a URL as the server does. */
export async function fetchDocument(
  context: Pick<CommandContext, 'documentFetch' | 'env'>,
  url: string,
): Promise<ReadOutcome> {
  const outcome = await documentFetchOf(context).fetch({ url, accept: 'document' });
  if (!outcome.ok) return outcome;
  return outcome.status === 'fetched'
    ? { ok: true, body: outcome.body }
    : { ok: false, reason: 'unexpected-not-modified', detail: 'The response is 304.' };
}

/**
 * Judges a document as the server does in this realm, even if the realm is closed to documents. A URL or a host that is refused is not
 * read.
 */
export async function examine(
  { realm, stores, now }: Pick<RealmContext, 'realm' | 'stores' | 'now'>,
  url: string,
  read: () => Promise<ReadOutcome>,
): Promise<Examined> {
  const judgedUrl = judgeClientIdUrl(url);
  if (!judgedUrl.ok) return { outcome: 'judged', judged: refused(judgedUrl.refusal) };
  if (!acceptsDocument(opened(realm), url)) return { outcome: 'judged', judged: refused(NOT_ACCEPTED) };
  const neighbours = await createNeighbours(stores.realms)(realm, now);
  if (neighbours.some(({ issuer }) => isAtIssuer(issuer, url))) {
    return { outcome: 'judged', judged: refused(NOT_ACCEPTED) };
  }
  const outcome = await read();
  if (!outcome.ok) return { outcome: 'unavailable', failure: outcome };
  const rules = { policy: dynamicClientPolicy, vendors };
  const { body: document } = outcome;
  return { outcome: 'judged', judged: judgeDocument(url, document, realm, rules, neighbours), document };
}

const refused = (because: Refusal): Judged => ({
  ok: false,
  refusal: because,
  trace: [{ rule: because.rule, outcome: 'refused', description: because.description }],
});

const NOT_ACCEPTED = refusal(
  'invalid_client_metadata',
  'document.host',
  'documents of this host are not accepted here: see allowedHosts, refusedHosts and refusedDocuments of metadataDocuments, and the hosts of issuers',
);

/** The realm as if it were open to documents. */
const opened = (realm: Realm): Realm => ({
  ...realm,
  settings: {
    ...realm.settings,
    metadataDocuments: { ...realm.settings.metadataDocuments, open: true },
  },
});
