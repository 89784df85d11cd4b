import type { Clock, MetadataDocumentClient, Obtained, Refusal, Seconds } from '@vestibule/core';
import type { DocumentLimit } from '@vestibule/core/audit';
import { judgeAgain } from '@vestibule/core/policy';
import { type FindNeighbours, isAtIssuer, type Realm } from '@vestibule/core/realm';
import { countedNetworksOf } from '@vestibule/core/registration';
import type { DocumentRecorder } from './document-recorder.ts';
import type { FailedFetches } from './failed-fetches.ts';
import type { FetchGovernor, GovernedOutcome } from './fetch-governor.ts';
import { boundedFreshness, copyDates, renewedFreshness } from './freshness-bounds.ts';
import { type DocumentRules, judgeDocument } from './judge-document.ts';
import { type AcceptedDocumentStores, keepAccepted } from './keep-accepted.ts';
import { createSharedTasks } from './shared-tasks.ts';
import { replaceDocument, type Stored } from './store-document.ts';
import type { FindUsableCopy } from './usable-copy.ts';
import { isForAll, NOT_ACCEPTED, wantedDocument, type WantedDocument } from './wanted-document.ts';

/** What documents are fetched, judged and stored with. */
export interface UpdateOptions extends AcceptedDocumentStores {
  readonly clock: Clock;
  readonly rules: DocumentRules;
  readonly findNeighbours: FindNeighbours;
  readonly governor: FetchGovernor;
  readonly failed: FailedFetches;
  readonly recorder: DocumentRecorder;
  readonly findUsable: FindUsableCopy;
}

/** How soon to try again after too many fetches, in seconds. */
const RETRY_AFTER = 60;

/** How soon to try again if a document cannot be fetched and nothing else is known, in seconds. */
const RETRY_FAILED_AFTER = 30;

/** Fetches a document, judges it and stores what it says, once for all requests that want it at the same time. */
export type UpdateDocument = (wanted: WantedDocument) => Promise<Obtained>;

export function documentUpdates(options: UpdateOptions): UpdateDocument {
  const { clients, clock, rules, findNeighbours, governor, failed, recorder, findUsable } = options;
  const updates = createSharedTasks(isForAll);

  async function refuse(wanted: WantedDocument, because: Refusal): Promise<Obtained> {
    await recorder.refused(wanted, because);
    return { outcome: 'refused', refusal: because };
  }

  async function limit(
    wanted: WantedDocument,
    reached: DocumentLimit,
    retryAfter: Seconds,
  ): Promise<Obtained> {
    await recorder.limited(wanted, reached);
    return (await findUsable(wanted, false)) ?? { outcome: 'limited', retryAfter };
  }

  /**
   * The entity tag of the stored copy, if it may be used again. What the current policy would not accept is read again, because an
   * unchanged document would otherwise keep what new ones cannot get. So is a copy from before its authentication was stored.
   */
  const etagOf = (stored: MetadataDocumentClient, realm: Realm): string | undefined =>
    stored.document.authentication !== undefined && judgeAgain(stored, realm, rules) === undefined
      ? stored.document.etag
      : undefined;

  /** Updates a document, unless another request has stored it since the client was read. */
  async function updateLatest({ realm, clientId, source }: WantedDocument): Promise<Obtained> {
    const latest = wantedDocument(realm, clientId, await clients.find(realm.id, clientId), clock());
    return 'outcome' in latest ? latest : update({ ...latest, ...(source !== undefined && { source }) });
  }

  async function update(wanted: WantedDocument): Promise<Obtained> {
    const { realm, clientId, host, stored, source } = wanted;
    const neighbours = await findNeighbours(realm, clock());
    // To fetch from another realm of this server would be a request with its own address.
    if (neighbours.some(({ issuer }) => isAtIssuer(issuer, clientId))) return refuse(wanted, NOT_ACCEPTED);
    const etag = stored && etagOf(stored, realm);
    const outcome = await governor.fetch(
      { url: clientId, accept: 'document', ...(etag !== undefined && { etag }) },
      {
        host,
        ...(source !== undefined && { networks: countedNetworksOf(realm, source) }),
      },
    );
    failed.note(wanted, outcome);
    if (!outcome.ok) return fail(wanted, outcome);
    const now = clock();
    const { freshness } = outcome;
    if (outcome.status === 'not-modified') {
      if (stored === undefined) return UNAVAILABLE;
      const renewed = renewedFreshness(freshness, stored.document.staleFor);
      const { staleFor: _staleFor, ...copy } = stored.document;
      const document = { ...copy, ...copyDates(now, renewed) };
      return obtainedOf(wanted, await replaceDocument(options, wanted, stored, { ...stored, document }));
    }
    const judged = judgeDocument(clientId, outcome.body, realm, rules, neighbours);
    if (!judged.ok) return refuse(wanted, judged.refusal);
    const copy = {
      ...copyDates(now, boundedFreshness(freshness)),
      ...(freshness.etag !== undefined && { etag: freshness.etag }),
    };
    return obtainedOf(wanted, await keepAccepted(options, wanted, judged, copy));
  }

  const obtainedOf = (wanted: WantedDocument, outcome: Stored): Obtained | Promise<Obtained> =>
    outcome.ok ? currentOf(outcome.client) : limit(wanted, outcome.limit, outcome.retryAfter);

  async function fail(
    wanted: WantedDocument,
    outcome: GovernedOutcome & { readonly ok: false },
  ): Promise<Obtained> {
    if (outcome.reason === 'governed') return limit(wanted, 'fetches', RETRY_AFTER);
    const usable = await findUsable(wanted, true);
    await recorder.unavailable(wanted, outcome, {
      ...(usable?.outcome === 'current' && { isSnapshotUsed: true }),
      ...(usable?.outcome === 'stale' && { isStaleUsed: true }),
    });
    const retryAfter = failed.restOf(wanted) || RETRY_FAILED_AFTER;
    return usable ?? { outcome: 'unavailable', retryAfter };
  }

  return (wanted) =>
    updates.share(JSON.stringify([wanted.realm.id, wanted.clientId]), () => updateLatest(wanted));
}

const UNAVAILABLE = { outcome: 'unavailable', retryAfter: RETRY_FAILED_AFTER } as const;

/** A client that was deleted while its document was fetched is as good as one that could not be fetched: the next request stores it. */
const currentOf = (client: MetadataDocumentClient | undefined): Obtained =>
  client === undefined ? UNAVAILABLE : { outcome: 'current', client };
