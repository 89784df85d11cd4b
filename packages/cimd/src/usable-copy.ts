import type { Clock, MetadataDocumentClient, Obtained } from '@vestibule/core';
import type { DocumentSnapshot, FindNeighbours } from '@vestibule/core/realm';
import type { DocumentRecorder } from './document-recorder.ts';
import { copyDates, LEAST_FRESH } from './freshness-bounds.ts';
import { type DocumentRules, judgeDocument } from './judge-document.ts';
import { type AcceptedDocumentStores, keepAccepted } from './keep-accepted.ts';
import { isNewerThan, snapshotOf } from './snapshot.ts';
import { isUsableStale } from './stored-copy.ts';
import type { WantedDocument } from './wanted-document.ts';

/** A client that can be used: `current` as its snapshot describes it, `stale` as its stored copy does. */
export type Usable = Extract<Obtained, { readonly client: MetadataDocumentClient }>;

/**
 * Finds what can be used in place of a document that is not fetched: the stored copy, or the snapshot in the settings.
 *
 * @param isTried whether it could not be fetched just now. The snapshot is stored again then, so that the document rests for as long as
 * a fetched one.
 */
export type FindUsableCopy = (wanted: WantedDocument, isTried: boolean) => Promise<Usable | undefined>;

/** What usable copies are found with. */
export interface UsableCopyOptions extends AcceptedDocumentStores {
  readonly clock: Clock;
  readonly rules: DocumentRules;
  readonly findNeighbours: FindNeighbours;
  readonly recorder: DocumentRecorder;
}

export function usableCopies(options: UsableCopyOptions): FindUsableCopy {
  const { clock, rules, findNeighbours, recorder } = options;

  /** Stores what a snapshot says, if it is acceptable. Its document is fetched again as soon as possible. */
  async function pin(wanted: WantedDocument, snapshot: DocumentSnapshot): Promise<Usable | undefined> {
    const { realm, clientId } = wanted;
    const now = clock();
    const judged = judgeDocument(clientId, snapshot.document, realm, rules, await findNeighbours(realm, now));
    if (!judged.ok) {
      await recorder.refused(wanted, judged.refusal, { isSnapshot: true });
      return undefined;
    }
    const dates = copyDates(now, { freshFor: LEAST_FRESH });
    const outcome = await keepAccepted(options, wanted, judged, { ...dates, isSnapshot: true });
    return outcome.ok && outcome.client !== undefined
      ? { outcome: 'current', client: outcome.client }
      : undefined;
  }

  function staleOf({ realm, stored }: WantedDocument): Usable | undefined {
    if (stored === undefined || !isUsableStale(stored, realm, clock())) return undefined;
    return { outcome: 'stale', client: stored };
  }

  return async (wanted, isTried) => {
    const stale = staleOf(wanted);
    const snapshot = snapshotOf(wanted);
    if (snapshot === undefined) return stale;
    const isFirst = stale !== undefined && isPreferred(stale.client, snapshot, isTried);
    return isFirst ? stale : ((await pin(wanted, snapshot)) ?? stale);
  };
}

/** Whether a usable copy goes before the snapshot: it is newer, or comes from a snapshot and need not be stored again. */
const isPreferred = (copy: MetadataDocumentClient, snapshot: DocumentSnapshot, isTried: boolean): boolean =>
  isNewerThan(copy, snapshot) || (!isTried && copy.document.isSnapshot === true);
