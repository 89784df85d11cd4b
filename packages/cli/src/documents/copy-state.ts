import { after, type Client, type Instant, type MetadataDocumentClient } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { harmless } from '../output/harmless.ts';
import type { Tone } from '../output/paint.ts';
import { isoTime, shortTime } from '../output/time.ts';

/**
 * How far the copy of a document can be used: it is `fresh`; it is the `snapshot` in the settings; it is `stale`, and used while its
 * document cannot be fetched; it is `too-old`. `pinned`: there is a snapshot, and no client yet.
 */
export type CopyState = 'fresh' | 'snapshot' | 'stale' | 'too-old' | 'pinned';

export const COPY_TONES: Readonly<Record<CopyState, Tone>> = {
  fresh: 'good',
  snapshot: 'uneasy',
  stale: 'uneasy',
  'too-old': 'bad',
  pinned: 'quiet',
};

/** What is stored of a document. */
export interface Copy {
  readonly state: CopyState;
  /** Whether the settings have a snapshot of it. */
  readonly isPinned: boolean;
  /** The rule by which the realm refuses that snapshot now, so that it is not used. Absent: it was not judged, or is acceptable. */
  readonly snapshotRefused?: string;
  /** When it was fetched, or tried to be; in ISO 8601. */
  readonly fetchedAt?: string;
  /** Until when it is used if it cannot be fetched again; in ISO 8601. Absent: for as long as the snapshot is there. */
  readonly usedUntil?: string;
}

/**
 * What is stored of the document at a URL; `undefined` if nothing is.
 *
 * @param snapshotRefused the rule by which the realm refuses its snapshot now, if it does
 */
export function copyOf(
  client: Client | undefined,
  realm: Realm,
  url: string,
  now: Instant,
  snapshotRefused?: string,
): Copy | undefined {
  if (client?.kind === 'metadata-document') return copyOfClient(client, realm, now, snapshotRefused);
  return isPinnedIn(realm, url)
    ? { state: 'pinned', isPinned: true, ...refusedBy(snapshotRefused) }
    : undefined;
}

const isPinnedIn = ({ settings: { metadataDocuments } }: Realm, url: string): boolean =>
  metadataDocuments.snapshots.some(({ document: { client_id: uri } }) => uri === url);

/** What is stored of the document of a client. */
export function copyOfClient(
  { id, document }: MetadataDocumentClient,
  realm: Realm,
  now: Instant,
  snapshotRefused?: string,
): Copy {
  const isPinned = isPinnedIn(realm, id);
  const { fetchedAt, expiresAt, isSnapshot } = document;
  const usedUntil = after(expiresAt, realm.settings.metadataDocuments.stale);
  const state = now < expiresAt ? 'fresh' : now < usedUntil ? 'stale' : 'too-old';
  return {
    state: isSnapshot === true && state !== 'too-old' ? 'snapshot' : state,
    isPinned,
    ...refusedBy(snapshotRefused),
    fetchedAt: isoTime(fetchedAt),
    ...((!isPinned || snapshotRefused !== undefined) && { usedUntil: isoTime(usedUntil) }),
  };
}

const refusedBy = (snapshotRefused: string | undefined) =>
  snapshotRefused === undefined ? {} : { snapshotRefused };

/** Says what is used while a document cannot be fetched. */
export function sayCopy({ state, isPinned, snapshotRefused, usedUntil }: Copy, realm: string): string {
  if (isPinned && snapshotRefused === undefined) return 'Its snapshot is used meanwhile.';
  const refused =
    snapshotRefused === undefined
      ? ''
      : `Its snapshot is not used: the realm ${realm} refuses it [${harmless(snapshotRefused)}].\n`;
  if (usedUntil === undefined) {
    return `${refused}Nothing else is stored of it, so its client cannot be used.`;
  }
  const until = shortTime(Date.parse(usedUntil));
  return state === 'too-old'
    ? `${refused}The copy in the database is too old: it could be used until ${until}.`
    : `${refused}The copy in the database is used until ${until}.`;
}
