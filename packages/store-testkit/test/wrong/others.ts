import type { ClientStore, RealmStore } from '@vestibule/core';
import type { KeyStore, PersonStore, SessionStore, InteractionStore } from '@vestibule/server';
import { setImmediate as tick } from 'node:timers/promises';

/** Compares the version, and writes after a pause in which others may have written. */
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

/** Returns the same object to every caller. */
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

/** Escapes ids in a way that does not support every text. */
export const escapesIds = (clients: ClientStore): ClientStore => ({
  ...clients,
  find: async (realm, id) => clients.find(realm, decodeURIComponent(encodeURIComponent(id))),
});

/** Truncates text at NUL, as some databases do. */
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

/** Replaces a session by another one. */
export const overwritesSessions = (sessions: SessionStore): SessionStore => ({
  ...sessions,
  insert: async (session) => {
    await sessions.delete(session.realm, session.hash);
    await sessions.insert(session);
    return 'inserted';
  },
});

/** Deletes by the hash without the realm. */
export const deletesInEveryRealm = (sessions: SessionStore): SessionStore => ({
  ...sessions,
  delete: async (_, hash) => {
    for (const realm of ['main', 'other']) await sessions.delete(realm, hash);
  },
});

/** Checks whether a decision exists, and decides later, overwriting a concurrent decision. */
export const claimsDecisions = (interactions: InteractionStore): InteractionStore => ({
  ...interactions,
  decide: async (realm, id, decision) => {
    const interaction = await interactions.find(realm, id);
    if (interaction?.decision !== undefined) return { decision: interaction.decision, made: false };
    await tick();
    return (await interactions.decide(realm, id, decision)) && { decision, made: true };
  },
});

/** Adds a key after whichever is the newest. */
export const addsAnyKey = (keys: KeyStore): KeyStore => ({
  ...keys,
  insert: async (key) => keys.insert(key, (await keys.list(key.realm))[0]?.kid),
});

/** Compares usernames as some collations do: trailing spaces do not count. */
export const comparesLoosely = (people: PersonStore): PersonStore => ({
  ...people,
  findByUsername: (realm, username) => people.findByUsername(realm, username.trimEnd()),
});
