import type { Client, ClientStore } from '@vestibule/core';
import { setImmediate as tick } from 'node:timers/promises';
import { createTurns } from './in-turn.ts';

type Choose = (candidates: readonly Client[], since: number) => Client | undefined;

const newestFirst = (clients: readonly Client[]): readonly Client[] =>
  clients.toSorted((a, b) => b.issuedAt - a.issuedAt);

const fingerprintOf = (client: Client): string | undefined =>
  client.kind === 'dynamic' ? client.registration.fingerprint : undefined;

/** Chooses which client of a fingerprint is the duplicate. */
const choosing =
  (choose: Choose) =>
  (clients: ClientStore): ClientStore => {
    const inTurn = createTurns();
    const findDuplicate: ClientStore['findDuplicate'] = async (realm, fingerprint, since) => {
      const { items } = await clients.list(realm, { limit: 1_000 });
      const candidates = items.filter((client) => fingerprintOf(client) === fingerprint);
      return choose(newestFirst(candidates), since);
    };
    return {
      ...clients,
      findDuplicate,
      insert: (client, duplicateSince) =>
        inTurn(async () => {
          const { realm } = client;
          const fingerprint = fingerprintOf(client);
          const isAsked = duplicateSince !== undefined && fingerprint !== undefined;
          const same = isAsked ? await findDuplicate(realm, fingerprint, duplicateSince) : undefined;
          return same === undefined ? clients.insert(client) : { outcome: 'coalesced', client: same };
        }),
    };
  };

/** Treats a client of exactly the given time as a duplicate. */
export const isSameTooEarly: (clients: ClientStore) => ClientStore = choosing((candidates, since) =>
  candidates.find(({ issuedAt, blockedAt }) => issuedAt >= since && blockedAt === undefined),
);

/** Returns a blocked client as a duplicate. */
export const givesBlocked: (clients: ClientStore) => ClientStore = choosing((candidates, since) =>
  candidates.find(({ issuedAt }) => issuedAt > since),
);

/** Returns the oldest client as the duplicate. */
export const givesOldest: (clients: ClientStore) => ClientStore = choosing((candidates, since) =>
  candidates.findLast(({ issuedAt, blockedAt }) => issuedAt > since && blockedAt === undefined),
);

/** Checks only the newest client, and finds no duplicate if it is blocked. */
export const stopsAtBlocked: (clients: ClientStore) => ClientStore = choosing((candidates, since) => {
  const [newest] = candidates;
  return newest !== undefined && newest.issuedAt > since && newest.blockedAt === undefined
    ? newest
    : undefined;
});

/** Looks for a duplicate, then adds the client. */
export const looksThenAdds = (clients: ClientStore): ClientStore => ({
  ...clients,
  insert: async (client, duplicateSince) => {
    const { realm } = client;
    const fingerprint = fingerprintOf(client) ?? '';
    const same =
      duplicateSince === undefined
        ? undefined
        : await clients.findDuplicate(realm, fingerprint, duplicateSince);
    await tick();
    return same === undefined ? clients.insert(client) : { outcome: 'coalesced', client: same };
  },
});
