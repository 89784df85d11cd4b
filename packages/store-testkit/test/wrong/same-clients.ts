import type { ClientStore, StoredClient } from '@vestibule/core';
import { setImmediate as tick } from 'node:timers/promises';
import { createTurns } from './in-turn.ts';

type Choose = (candidates: readonly StoredClient[], since: number) => StoredClient | undefined;

const newestFirst = (clients: readonly StoredClient[]): readonly StoredClient[] =>
  clients.toSorted((a, b) => b.issuedAt - a.issuedAt);

/** Chooses by itself which of the clients of one fingerprint is the same one. */
const choosing =
  (choose: Choose) =>
  (clients: ClientStore): ClientStore => {
    const inTurn = createTurns();
    const findDuplicate: ClientStore['findDuplicate'] = async (realm, fingerprint, since) => {
      const { items } = await clients.list(realm, { limit: 1_000 });
      const candidates = items.filter((client) => client.fingerprint === fingerprint);
      return choose(newestFirst(candidates), since);
    };
    return {
      ...clients,
      findDuplicate,
      insert: (client, duplicateSince) =>
        inTurn(async () => {
          const { realm, fingerprint } = client;
          const isAsked = duplicateSince !== undefined && fingerprint !== undefined;
          const same = isAsked ? await findDuplicate(realm, fingerprint, duplicateSince) : undefined;
          return same === undefined ? clients.insert(client) : { outcome: 'coalesced', client: same };
        }),
    };
  };

/** A client of that very moment is the same one already. */
export const isSameTooEarly: (clients: ClientStore) => ClientStore = choosing((candidates, since) =>
  candidates.find(({ issuedAt, blockedAt }) => issuedAt >= since && blockedAt === undefined),
);

/** A blocked client is given back, too. */
export const givesBlocked: (clients: ClientStore) => ClientStore = choosing((candidates, since) =>
  candidates.find(({ issuedAt }) => issuedAt > since),
);

/** The oldest one is given back. */
export const givesOldest: (clients: ClientStore) => ClientStore = choosing((candidates, since) =>
  candidates.findLast(({ issuedAt, blockedAt }) => issuedAt > since && blockedAt === undefined),
);

/** Only the newest is looked at, and where it is blocked, none is the same one. */
export const stopsAtBlocked: (clients: ClientStore) => ClientStore = choosing((candidates, since) => {
  const [newest] = candidates;
  return newest !== undefined && newest.issuedAt > since && newest.blockedAt === undefined
    ? newest
    : undefined;
});

/** Looks for the same one, then adds. */
export const looksThenAdds = (clients: ClientStore): ClientStore => ({
  ...clients,
  insert: async (client, duplicateSince) => {
    const { realm, fingerprint = '' } = client;
    const same =
      duplicateSince === undefined
        ? undefined
        : await clients.findDuplicate(realm, fingerprint, duplicateSince);
    await tick();
    return same === undefined ? clients.insert(client) : { outcome: 'coalesced', client: same };
  },
});
