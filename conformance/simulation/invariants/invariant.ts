import type { RealmRecord } from '@vestibule/core/realm';
import type { Entry } from '../history/history.ts';
import type { Stored } from '../history/stored.ts';

/** Everything that invariants are checked against. */
export interface Evidence {
  readonly now: number;
  readonly history: readonly Entry[];
  readonly stored: Stored;
  /** The exceptions of requests. */
  readonly errors: readonly unknown[];
  /** What is still stored when everything has expired and was swept. Empty before that. */
  readonly left: readonly string[];
  /** Every state of every realm, in their order. */
  readonly realmStates: readonly { readonly since: number; readonly realm: RealmRecord }[];
}

/** What always holds. Returns a sentence for each violation. */
export interface Invariant {
  readonly name: string;
  readonly check: (evidence: Evidence) => readonly string[];
}

/** Groups by a key, in the order of the first of each group. */
export function grouped<T>(
  list: readonly T[],
  keyOf: (item: T) => string,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of list) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
