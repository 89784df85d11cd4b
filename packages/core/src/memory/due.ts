import type { Client, DynamicClient, MetadataDocumentClient } from '../client/client.ts';
import type { DocumentsDue, DueKind } from '../ports/client-store.ts';
import type { Instant } from '../time.ts';

/** The time from which the period of each kind counts, or `undefined` if the client is not of that kind. */
const SINCE: Readonly<Record<DueKind, (client: DynamicClient) => Instant | undefined>> = {
  unused: ({ lastUsedAt, issuedAt }) => (lastUsedAt === undefined ? issuedAt : undefined),
  dormant: ({ lastUsedAt, registration }) =>
    registration.hibernatedAt === undefined ? lastUsedAt : undefined,
  asleep: ({ registration }) => registration.hibernatedAt,
};

/**
 * The clients of a realm whose period is over, neither blocked nor pre-registered, in the order in which they became due.
 */
export function dueAmong(
  clients: readonly Client[],
  kind: DueKind,
  until: Instant,
): readonly DynamicClient[] {
  const since = SINCE[kind];
  return clients
    .flatMap((client) => {
      if (client.kind !== 'dynamic' || client.blockedAt !== undefined) return [];
      const at = since(client);
      return at === undefined || at > until ? [] : [{ at, client }];
    })
    .toSorted((a, b) => a.at - b.at)
    .map(({ client }) => client);
}

/** The clients of a realm with metadata documents that are not needed any more and not blocked, oldest first. */
export function documentsDueAmong(
  clients: readonly Client[],
  { unused, used }: DocumentsDue,
): readonly MetadataDocumentClient[] {
  return clients
    .flatMap((client) => {
      if (client.kind !== 'metadata-document' || client.blockedAt !== undefined) return [];
      const { lastUsedAt, issuedAt } = client;
      const at = lastUsedAt ?? issuedAt;
      return at > (lastUsedAt === undefined ? unused : used) ? [] : [{ at, client }];
    })
    .toSorted((a, b) => a.at - b.at)
    .map(({ client }) => client);
}
