import type { Client } from '@vestibule/core';
import type { Change } from '@vestibule/server';
import { encodeChange } from './encode-change.ts';
import { toJsonParameter } from './json-parameter.ts';
import { quotaKey } from './locks.ts';

/** Commits as JSON, in the two forms that the function `commit_changes` of the database takes. */
export interface EncodedCommits {
  /** Their changes by kind: each limit once, the rows of a table beside each other, and all others in their order. */
  readonly together: string;
  /** A list of changes for each commit. */
  readonly oneByOne: string;
}

/** The uses of one limit by several commits. */
interface QuotaUses {
  readonly key: string;
  readonly times: number;
  /** The largest number of uses: the smallest that one of them names. */
  readonly uses: number;
  /** The time of the first use, which may open a window. */
  readonly at: number;
  /** The latest time. */
  readonly latest: number;
  /** The end of the window that the first use opens, if none is open. */
  readonly until: number;
}

/** Encodes commits that are made in this order. A change is only moved before others on which its condition does not depend. */
export function encodeCommits(commits: readonly (readonly Change[])[]): EncodedCommits {
  const areTogether = clientsTogether();
  const quotas = new Map<string, QuotaUses>();
  const clients: string[] = [];
  const events: string[] = [];
  const others: string[] = [];

  function encode(change: Change): string {
    const encoded = toJsonParameter(encodeChange(change));
    const { kind } = change;
    if (kind === 'quota.reserve') {
      const key = quotaKey(change);
      quotas.set(key, withUse(quotas.get(key), key, change));
    } else if (kind === 'event.append') {
      events.push(encoded);
    } else {
      (areTogether(change) ? clients : others).push(encoded);
    }
    return encoded;
  }

  const oneByOne = listOf(commits.map((changes) => listOf(changes.map(encode))));
  const lists = Object.entries({
    quotas: [...quotas.values()].map((quota) => JSON.stringify(quota)),
    clients,
    events,
    changes: others,
  }).filter(([, list]) => list.length > 0);
  return { together: `{${lists.map(([name, list]) => `"${name}":${listOf(list)}`).join()}}`, oneByOne };
}

/**
 * Tells which changes are insertions of clients that can be made together, at first. Not those after a change of another client,
 * which may be the same one, a duplicate or the last one for which there is room, and not a second one of a fingerprint.
 */
function clientsTogether(): (change: Change) => boolean {
  const fingerprints = new Set<string>();
  let isLater = false;
  return (change) => {
    if (isLater || !change.kind.startsWith('client.')) return false;
    const fingerprint = change.kind === 'client.insert' ? fingerprintOf(change.client) : undefined;
    isLater = change.kind !== 'client.insert' || (fingerprint !== undefined && fingerprints.has(fingerprint));
    if (fingerprint !== undefined) fingerprints.add(fingerprint);
    return !isLater;
  };
}

const fingerprintOf = (client: Client): string | undefined =>
  client.kind === 'dynamic' ? client.registration.fingerprint : undefined;

const listOf = (values: readonly string[]): string => `[${values.join()}]`;

type Quota = Extract<Change, { readonly kind: 'quota.reserve' }>;

function withUse(
  before: QuotaUses | undefined,
  key: string,
  { limit: { uses, seconds }, at }: Quota,
): QuotaUses {
  if (before === undefined) return { key, times: 1, uses, at, latest: at, until: at + seconds * 1_000 };
  return {
    ...before,
    times: before.times + 1,
    uses: Math.min(before.uses, uses),
    latest: Math.max(before.latest, at),
  };
}
