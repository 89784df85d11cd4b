import type { TraceEntry, TraceValue } from '../policy/rule.ts';

/** The longest text and the longest list of a trace that are kept, in UTF-16 units and items. */
const MAX_TEXT = 120;
const MAX_ITEMS = 12;

/** What of a trace is taken down: what was changed, cut to what one can read. Strangers write what is in it. */
export const changesOf = (trace: readonly TraceEntry[]): readonly TraceEntry[] =>
  trace.filter(({ outcome }) => outcome !== 'kept').map(cut);

/** How much of a redirect URI is kept, in UTF-16 units: its host, which has at most 253 characters, and more. */
const MAX_URI = 512;

/** What of a client's redirect URIs is recorded, cut to what one can read. Strangers write them. */
export const recordedUris = (uris: readonly string[]): readonly string[] =>
  cutList(uris, (uri) => cutText(uri, MAX_URI));

function cut(entry: TraceEntry): TraceEntry {
  switch (entry.outcome) {
    case 'narrowed':
      return { ...entry, from: cutValue(entry.from), to: cutValue(entry.to) };
    case 'dropped':
      return { ...entry, from: cutValue(entry.from) };
    case 'kept':
    case 'refused':
      return entry;
  }
}

function cutValue(value: TraceValue): TraceValue {
  if (typeof value === 'string') return cutText(value);
  return value && cutList(value, (text) => cutText(text));
}

const cutList = (list: readonly string[], cutItem: (text: string) => string): readonly string[] =>
  list.length <= MAX_ITEMS
    ? list.map(cutItem)
    : [...list.slice(0, MAX_ITEMS).map(cutItem), `… ${list.length - MAX_ITEMS} more`];

const cutText = (text: string, most: number = MAX_TEXT): string =>
  text.length > most ? `${text.slice(0, most)}…` : text;
