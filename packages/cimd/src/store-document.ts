import {
  type AuditLog,
  clientIdentity,
  type ClientStore,
  type Commit,
  type Instant,
  type MetadataDocumentClient,
  reservations,
  type Seconds,
} from '@vestibule/core';
import { changesOf, commitRecorded, type DocumentLimit, recordedUris } from '@vestibule/core/audit';
import type { Realm } from '@vestibule/core/realm';
import { changedMembers } from './document-client.ts';
import { documentUses } from './document-uses.ts';
import type { JudgedDocument } from './judge-document.ts';
import { snapshotOf } from './snapshot.ts';
import { isUnneeded } from './stored-copy.ts';
import { documentEvent, type WantedDocument } from './wanted-document.ts';

/** Where clients with metadata documents are stored. */
export interface DocumentStores {
  readonly clients: Pick<ClientStore, 'find' | 'countDocuments'>;
  /** Of the same store as `clients`. */
  readonly commit: Commit;
  readonly audit: AuditLog;
}

/** A document that the policy accepted. */
export type AcceptedDocument = JudgedDocument & { readonly ok: true };

/** The result of storing the client of a document. */
export type Stored =
  /** The client that is stored now; `undefined` if it was deleted meanwhile. */
  | { readonly ok: true; readonly client: MetadataDocumentClient | undefined }
  /** A limit on unknown documents or on stored clients was reached. */
  | { readonly ok: false; readonly limit: DocumentLimit; readonly retryAfter: Seconds };

/**
 * Stores a client that was not known, within the limits of those. A URL of which an operator stored a snapshot uses no limit: there are
 * few.
 */
export async function insertDocument(
  stores: DocumentStores,
  wanted: WantedDocument,
  client: MetadataDocumentClient,
  accepted: AcceptedDocument,
): Promise<Stored> {
  const { fetchedAt } = client.document;
  const { metadataDocuments, lifecycle } = wanted.realm.settings;
  const { clients: most } = metadataDocuments.limits;
  if (!isPinned(wanted) && (await stores.clients.countDocuments(client.realm, most)) >= most) {
    return { ok: false, limit: 'clients', retryAfter: lifecycle.unused };
  }
  const uses = usesOf(wanted);
  const outcome = await commitRecorded(
    stores,
    [{ kind: 'client.insert', client }, ...reservations(uses, fetchedAt)],
    [documentEvent(wanted, fetchedAt, { type: 'document.accepted', ...factsOf(client, accepted) })],
  );
  if (outcome.committed) return { ok: true, client };
  const { unmet, index } = outcome;
  // Another request stored it meanwhile.
  if (unmet.kind === 'client.insert') return { ok: true, client: await findDocument(stores, wanted) };
  return { ok: false, limit: uses[index - 1]?.name ?? 'realm', retryAfter: unmet.retryAfter };
}

const isPinned = (wanted: WantedDocument): boolean => snapshotOf(wanted) !== undefined;

const usesOf = (wanted: WantedDocument): ReturnType<typeof documentUses> =>
  isPinned(wanted) ? [] : documentUses(wanted);

/**
 * Replaces a stored client by what its document says now. A client that only was used since it was read is replaced all the same. The
 * copy of another request is as good if it is as new. One that was about to be deleted uses the limits of unknown documents again:
 * otherwise strangers could keep any number of them.
 *
 * @param accepted absent if the document has not changed
 */
export async function replaceDocument(
  stores: DocumentStores,
  wanted: WantedDocument,
  stored: MetadataDocumentClient,
  next: MetadataDocumentClient,
  accepted?: AcceptedDocument,
): Promise<Stored> {
  const { fetchedAt } = next.document;
  const uses = isUnneeded(stored, wanted.realm, fetchedAt) ? usesOf(wanted) : [];
  const client = { ...next, ...keptOf(stored, wanted.realm, fetchedAt) };
  const hasChanged = stored.document.fingerprint !== client.document.fingerprint;
  const facts = accepted && hasChanged ? factsOf(client, accepted) : undefined;
  const outcome = await commitRecorded(
    stores,
    [{ kind: 'client.replace', client, expectedVersion: stored.version }, ...reservations(uses, fetchedAt)],
    facts === undefined
      ? []
      : [
          documentEvent(wanted, fetchedAt, {
            type: 'document.changed',
            ...facts,
            changed: changedMembers(stored, client),
            ...(clientIdentity(stored) !== clientIdentity(client) && { isAskedAgain: true }),
          }),
        ],
  );
  if (outcome.committed) return { ok: true, client: { ...client, version: stored.version + 1 } };
  const { unmet, index } = outcome;
  if (unmet.kind === 'quota.reserve') {
    return { ok: false, limit: uses[index - 1]?.name ?? 'realm', retryAfter: unmet.retryAfter };
  }
  const found = await findDocument(stores, wanted);
  const isOlder =
    found !== undefined && found.blockedAt === undefined && isReplaceable(found, stored, client);
  return isOlder ? replaceDocument(stores, wanted, found, next, accepted) : { ok: true, client: found };
}

/** Whether a stored client that has changed meanwhile is still to be replaced. A snapshot replaces nothing that was fetched meanwhile. */
const isReplaceable = (
  { document: found }: MetadataDocumentClient,
  { document: before }: MetadataDocumentClient,
  { document: next }: MetadataDocumentClient,
): boolean =>
  next.isSnapshot === true ? found.fetchedAt === before.fetchedAt : found.fetchedAt < next.fetchedAt;

/** The client as the store has it now, if it is still one with a document. */
async function findDocument(
  { clients }: DocumentStores,
  { realm, clientId }: WantedDocument,
): Promise<MetadataDocumentClient | undefined> {
  const found = await clients.find(realm.id, clientId);
  return found?.kind === 'metadata-document' ? found : undefined;
}

/** What a client keeps when its document is read again. One that was about to be deleted begins anew, so that a person can finish. */
const keptOf = (stored: MetadataDocumentClient, realm: Realm, now: Instant) => ({
  issuedAt: isUnneeded(stored, realm, now) ? now : stored.issuedAt,
  version: stored.version,
  ...(stored.lastUsedAt !== undefined && { lastUsedAt: stored.lastUsedAt }),
});

const factsOf = (
  { id: clientId, name: clientName, redirectUris, document }: MetadataDocumentClient,
  { trace }: AcceptedDocument,
) => ({
  clientId,
  clientName,
  redirectUris: recordedUris(redirectUris),
  trace: changesOf(trace),
  fingerprint: document.fingerprint,
  ...(document.isSnapshot === true && { isSnapshot: true as const }),
});
