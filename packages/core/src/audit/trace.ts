import type { TraceEntry, TraceValue } from '../policy/rule.ts';

/** The longest text and the longest list of a trace that are kept, in UTF-16 units and items. */
const MAX_TEXT = 120;
const MAX_ITEMS = 12;

/** What of a trace is taken down: what was changed, cut to what one can read. Strangers write what is in it. */
export const changesOf = (trace: readonly TraceEntry[]): readonly TraceEntry[] =>
  trace.filter(({ outcome }) => outcome !== 'kept').map(cut);

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
  if (value === undefined || value.length <= MAX_ITEMS) return value?.map(cutText);
  return [...value.slice(0, MAX_ITEMS).map(cutText), `… ${value.length - MAX_ITEMS} more`];
}

const cutText = (text: string): string => (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text);
