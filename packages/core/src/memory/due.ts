import type { StoredClient } from '../client/stored-client.ts';
import type { DueKind } from '../ports/client-store.ts';
import type { Instant } from '../time.ts';

/** The time from which the period of each kind counts, or `undefined` if the client is not of that kind. */
const SINCE: Readonly<Record<DueKind, (client: StoredClient) => Instant | undefined>> = {
  unused: ({ lastUsedAt, issuedAt }) => (lastUsedAt === undefined ? issuedAt : undefined),
  dormant: ({ lastUsedAt, hibernatedAt }) => (hibernatedAt === undefined ? lastUsedAt : undefined),
  asleep: ({ hibernatedAt }) => hibernatedAt,
};

/**
 * The clients of a realm whose period is over, neither blocked nor pre-registered, in the order in which they became due.
 */
export function dueAmong(
  clients: readonly StoredClient[],
  kind: DueKind,
  until: Instant,
): readonly StoredClient[] {
  const since = SINCE[kind];
  return clients
    .flatMap((client) => {
      const at = since(client);
      const stays = client.blockedAt !== undefined || client.preregistration !== undefined;
      return at === undefined || at > until || stays ? [] : [{ at, client }];
    })
    .toSorted((a, b) => a.at - b.at)
    .map(({ client }) => client);
}
