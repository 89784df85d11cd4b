import type { Client, ExpiredClient } from '@vestibule/core';
import type { AuditEvent } from '@vestibule/core/audit';
import type { InitialAccessToken } from '@vestibule/core/registration';
import type { ListedGrant, Stores } from '@vestibule/server';

/** What is stored at a moment. */
export interface Stored {
  readonly clients: readonly Client[];
  readonly expired: readonly ExpiredClient[];
  /** In the order of their recording. */
  readonly events: readonly AuditEvent[];
  /** The grants that have not ended, of the people of each realm; expired ones too, until a sweep deletes them. */
  readonly grants: readonly ListedGrant[];
  /** The ids of the grants that have ended, by realm. */
  readonly ended: ReadonlyMap<string, readonly string[]>;
  readonly initialAccessTokens: readonly InitialAccessToken[];
}

interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string | undefined;
}

/** Reads every page of a list. */
async function all<T>(read: (page: { limit: number; after?: string }) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let after: string | undefined;
  do {
    const page = await read({ limit: 500, ...(after !== undefined && { after }) });
    items.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return items;
}

/**
 * Reads what is stored.
 *
 * @param subjects the people whose grants are read
 */
export async function readStored(
  stores: Stores,
  realms: readonly string[],
  subjects: readonly string[],
): Promise<Stored> {
  const clients: Client[] = [];
  const expired: ExpiredClient[] = [];
  const events: AuditEvent[] = [];
  const grants: ListedGrant[] = [];
  const ended = new Map<string, readonly string[]>();
  const initialAccessTokens: InitialAccessToken[] = [];
  for (const realm of realms) {
    clients.push(...(await all((page) => stores.clients.list(realm, page))));
    expired.push(...(await all((page) => stores.clients.listExpired(realm, page))));
    initialAccessTokens.push(...(await all((page) => stores.initialAccessTokens.list(realm, page))));
    ended.set(realm, await stores.grants.listEnded(realm, 0));
    for (const subject of subjects) grants.push(...(await stores.grants.listOf(realm, subject, 0)));
    events.push(...(await eventsOf(stores, realm)));
  }
  return { clients, expired, events, grants, ended, initialAccessTokens };
}

/** The events of a realm, in the order of their recording. */
export async function eventsOf(
  { audit }: Pick<Stores, 'audit'>,
  realm: string,
): Promise<readonly AuditEvent[]> {
  const newestFirst = await all((page) => audit.list(realm, page));
  return newestFirst.toReversed();
}
