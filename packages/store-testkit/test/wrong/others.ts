import type { ClientStore, RealmStore } from '@vestibule/core';
import type { KeyStore, PersonStore, SessionStore, InteractionStore } from '@vestibule/server';
import { setImmediate as tick } from 'node:timers/promises';

/** Compares the version, and writes when somebody else may have written. */
export const losesUpdates = (realms: RealmStore): RealmStore => ({
  ...realms,
  replace: async (next, expectedVersion) => {
    const current = await realms.find(next.id);
    if (current === undefined) return 'missing';
    if (current.version !== expectedVersion) return 'stale';
    await tick();
    const newest = await realms.find(next.id);
    return realms.replace(next, newest?.version ?? 0);
  },
});

/** Gives the same object to everybody who asks. */
export function sharesWhatItFound(clients: ClientStore): ClientStore {
  const found = new Map<string, ReturnType<ClientStore['find']>>();
  return {
    ...clients,
    find: async (realm, id) => {
      const key = JSON.stringify([realm, id]);
      const client = found.get(key) ?? clients.find(realm, id);
      if ((await client) !== undefined) found.set(key, client);
      return client;
    },
  };
}

/** Escapes ids in a way that not every text can take. */
export const escapesIds = (clients: ClientStore): ClientStore => ({
  ...clients,
  find: async (realm, id) => clients.find(realm, decodeURIComponent(encodeURIComponent(id))),
});

/** Keeps text as databases do that end it at NUL. */
export const endsAtNul = (clients: ClientStore): ClientStore => ({
  ...clients,
  insert: (client, duplicateSince) =>
    clients.insert({ ...client, name: client.name.split('\u0000')[0] ?? '' }, duplicateSince),
});

/** Keeps every session of a person. */
export const keepsEverySession = (sessions: SessionStore): SessionStore => ({
  ...sessions,
  insert: (session) => sessions.insert(session),
});

/** Puts a session in the place of another. */
export const overwritesSessions = (sessions: SessionStore): SessionStore => ({
  ...sessions,
  insert: async (session) => {
    await sessions.delete(session.realm, session.hash);
    await sessions.insert(session);
    return 'inserted';
  },
});

/** Deletes by the hash alone. */
export const deletesInEveryRealm = (sessions: SessionStore): SessionStore => ({
  ...sessions,
  delete: async (_, hash) => {
    for (const realm of ['main', 'other']) await sessions.delete(realm, hash);
  },
});

/** Looks, then decides, and believes that nobody came between. */
export const claimsDecisions = (interactions: InteractionStore): InteractionStore => ({
  ...interactions,
  decide: async (realm, id, decision) => {
    const interaction = await interactions.find(realm, id);
    if (interaction?.decision !== undefined) return { decision: interaction.decision, made: false };
    await tick();
    return (await interactions.decide(realm, id, decision)) && { decision, made: true };
  },
});

/** Adds a key after whatever is the newest. */
export const addsAnyKey = (keys: KeyStore): KeyStore => ({
  ...keys,
  insert: async (key) => keys.insert(key, (await keys.list(key.realm))[0]?.kid),
});

/** Compares usernames as some collations do: spaces at the end do not count. */
export const comparesLoosely = (people: PersonStore): PersonStore => ({
  ...people,
  findByUsername: (realm, username) => people.findByUsername(realm, username.trimEnd()),
});
