import type { TraceEntry, TraceValue } from '../policy/rule.ts';

/** The longest recorded text and list of a trace, in UTF-16 units and items. */
const MAX_TEXT = 120;
const MAX_ITEMS = 12;

/** The changes in a trace, shortened, because clients choose the values. */
export const changesOf = (trace: readonly TraceEntry[]): readonly TraceEntry[] =>
  trace.filter(({ outcome }) => outcome !== 'kept').map(cut);

/** The recorded length of a redirect URI, in UTF-16 units: enough for its host, which has at most 253 characters. */
const MAX_URI = 512;

/** The recorded redirect URIs of a client, shortened, because clients choose them. */
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
