import { after, type Client, type Instant } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
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
  /** When it was fetched, or tried to be; in ISO 8601. */
  readonly fetchedAt?: string;
  /** Until when it is used if it cannot be fetched again; in ISO 8601. Absent: for as long as the snapshot is there. */
  readonly usedUntil?: string;
}

/** What is stored of the document at a URL; `undefined` if nothing is. */
export function copyOf(
  client: Client | undefined,
  { settings: { metadataDocuments } }: Realm,
  url: string,
  now: Instant,
): Copy | undefined {
  const isPinned = metadataDocuments.snapshots.some(({ document: { client_id: uri } }) => uri === url);
  if (client?.kind !== 'metadata-document') return isPinned ? { state: 'pinned', isPinned } : undefined;
  const { fetchedAt, expiresAt, isSnapshot } = client.document;
  const usedUntil = after(expiresAt, metadataDocuments.stale);
  const state = now < expiresAt ? 'fresh' : now < usedUntil ? 'stale' : 'too-old';
  return {
    state: isSnapshot === true && state !== 'too-old' ? 'snapshot' : state,
    isPinned,
    fetchedAt: isoTime(fetchedAt),
    ...(!isPinned && { usedUntil: isoTime(usedUntil) }),
  };
}

/** Says what is used while a document cannot be fetched. */
export function sayCopy({ state, isPinned, usedUntil }: Copy): string {
  if (isPinned) return 'Its snapshot is used meanwhile.';
  const until = usedUntil === undefined ? '' : shortTime(Date.parse(usedUntil));
  return state === 'too-old'
    ? `The copy in the database is too old: it could be used until ${until}.`
    : `The copy in the database is used until ${until}.`;
}
