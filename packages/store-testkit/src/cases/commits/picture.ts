import type { Change, Stores, Unmet } from '@vestibule/server';
import type { CommitOutcome } from '@vestibule/core';
import { NOW, YEAR_9999 } from '../../sample/time.ts';
import { IMPOSSIBLE, reserve } from './changes.ts';

/** Where to look: realms, and the ids, keys and hashes of everything in them. */
export interface World {
  readonly realms: readonly string[];
  readonly names: readonly string[];
  /** The clients of grants. @default none */
  readonly clients?: readonly string[];
  /** The hashes of further refresh tokens. @default none */
  readonly tokens?: readonly string[];
}

/** The world of the cases with one change. */
export const SMALL: World = { realms: ['main'], names: ['one', 'witness'] };

const ALL = { limit: 1_000 };

/** Everything in this world that can be listed, found or tried without changing it, to be compared. */
export async function pictureOf(
  stores: Stores,
  { realms, names, clients = [], tokens = [] }: World = SMALL,
): Promise<unknown> {
  return Promise.all(
    realms.map(async (realm) => ({
      realm,
      ...(await listedIn(stores, realm)),
      named: await Promise.all(names.map((name) => namedIn(stores, realm, name))),
      granted: await Promise.all(clients.map((id) => stores.grants.listOfClient(realm, id, 0, ALL))),
      refreshed: await Promise.all(tokens.map((hash) => tokenIn(stores, realm, hash))),
      quotas: await Promise.all(names.map((name) => tried(stores, reserve(name, { uses: 1 })))),
    })),
  );
}

async function listedIn(stores: Stores, realm: string) {
  const { realms, clients, initialAccessTokens, grants, people, keys, audit } = stores;
  const [settings, registered, expired, active, tokens, ended, known, signing, events] = await Promise.all([
    realms.find(realm),
    clients.list(realm, ALL),
    clients.listExpired(realm, ALL),
    clients.countAwake(realm, 1_000),
    initialAccessTokens.list(realm, ALL),
    grants.listEnded(realm, 0),
    people.list(realm, ALL),
    keys.list(realm),
    audit.list(realm, ALL),
  ]);
  const listed = { settings: { ...settings }, registered, expired, active, tokens, known, events };
  return { ...listed, ended: ended.toSorted(), signing: [...signing] };
}

async function namedIn(stores: Stores, realm: string, name: string) {
  const { interactions, codes, pushedRequests, grants, sessions, revokedTokens } = stores;
  const [interaction, code, pushed, grant, unopened, refreshed, signedIn, revoked, noted] = await Promise.all(
    [
      interactions.find(realm, name),
      codes.find(realm, name, 0),
      pushedRequests.find(realm, name, 0),
      grants.find(realm, name),
      grants.findUnopened(realm, name),
      grants.findByRefreshToken(realm, name),
      sessions.find(realm, name),
      revokedTokens.has(realm, name),
      tried(stores, { kind: 'replay.note', realm, key: name, expiresAt: YEAR_9999 }),
    ],
  );
  return { name, interaction, code, pushed, grant, unopened, refreshed, signedIn, revoked, noted };
}

/** The grant of a refresh token, and what using it would result in, before and after its grace period. */
async function tokenIn(stores: Stores, realm: string, hash: string) {
  const found = await stores.grants.findByRefreshToken(realm, hash);
  if (found === undefined) return undefined;
  const successor = { hash: 'tried', seed: 'tried', expiresAt: YEAR_9999 };
  const use = { kind: 'refresh-token.rotate', realm, presented: { hash }, successor, now: NOW } as const;
  return {
    found,
    outcomes: await Promise.all(
      [0, YEAR_9999].map((repeatableSince) => tried(stores, { ...use, repeatableSince })),
    ),
  };
}

/** What a change would result in. The last change cannot be made, so nothing is. */
export const tried = (stores: Stores, ...changes: readonly Change[]): Promise<CommitOutcome<Unmet>> =>
  stores.commit([...changes, IMPOSSIBLE]);
