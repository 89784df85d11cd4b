import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { StoredRealm } from '@vestibule/core';
import type { AuditEvent } from '@vestibule/core/audit';
import type {
  AuthorizationCode,
  FinishedSignIn,
  PushedRequest,
  Session,
  StoredPerson,
  Stores,
  Interaction,
} from '@vestibule/server';
import { createClients } from './clients.ts';
import { createGrants } from './grants.ts';
import { createInitialAccessTokens } from './initial-access-tokens.ts';
import { createKeys } from './keys.ts';
import { createLeases } from './leases.ts';
import type { Ledger } from './ledger.ts';
import { createOneTime } from './one-time.ts';
import { pageOf } from './page.ts';
import { createRecords } from './records.ts';
import { createReplays } from './replays.ts';
import { createRevokedTokens } from './revoked-tokens.ts';

const AUDIT_KEPT = 90 * 86_400_000;

/** An event with a random key, which also gives events of the same time a stable order. */
interface EventRow {
  readonly key: string;
  readonly event: AuditEvent;
}

/** All stores, in one file. */
export function createFileStores(ledger: Ledger): Stores {
  const { operate } = ledger;
  const realms = createRecords<StoredRealm>(
    ledger,
    'realms',
    ({ id }) => [id],
    (realm, other) => realm.issuer === other.issuer,
  );
  const people = createRecords<StoredPerson>(
    ledger,
    'people',
    ({ realm, username }) => [realm, username],
    (person, other) => person.realm === other.realm && person.subject === other.subject,
  );
  const sessions = createRecords<Session>(ledger, 'sessions', ({ realm, hash }) => [realm, hash]);
  const interactions = createRecords<Interaction>(ledger, 'interactions', ({ realm, id }) => [realm, id]);
  const events = createRecords<EventRow>(ledger, 'events', ({ key }) => [key]);
  const record = (happened: readonly AuditEvent[]): void => {
    for (const event of happened) {
      const key = randomUUID();
      events.set({ key, event }, key);
    }
  };
  const codes = createOneTime<AuthorizationCode>(ledger, 'codes');
  const pushedRequests = createOneTime<PushedRequest>(ledger, 'pushed-requests');
  const finishedSignIns = createOneTime<FinishedSignIn>(ledger, 'finished-sign-ins');
  const replays = createReplays(ledger);
  const revokedTokens = createRevokedTokens(ledger);
  const grants = createGrants(ledger, codes, record);
  const initialAccessTokens = createInitialAccessTokens(ledger);
  const leases = createLeases(ledger);

  return {
    codes,
    pushedRequests,
    finishedSignIns,
    replays,
    revokedTokens,
    grants,
    initialAccessTokens,
    leases,
    realms: {
      find: realms.find,
      list: () => operate(() => realms.all().toSorted((a, b) => (a.id < b.id ? -1 : 1))),
      insert: (realm) => realms.insert({ ...realm, version: 1 }),
      replace: (next, expectedVersion) =>
        operate(() => {
          const current = realms.get(next.id);
          if (current === undefined) return 'missing';
          if (current.version !== expectedVersion) return 'stale';
          realms.set({ ...next, issuer: current.issuer, version: expectedVersion + 1 }, next.id);
          return 'replaced';
        }),
    },
    clients: createClients(ledger, record),
    people: {
      insert: people.insert,
      findByUsername: people.find,
      findBySubject: (realm, subject) =>
        operate(() => people.all().find((person) => person.realm === realm && person.subject === subject)),
      list: (realm, page) =>
        operate(() =>
          pageOf(
            people.all().filter((person) => person.realm === realm),
            ({ username }) => username,
            page,
          ),
        ),
      replace: (next, replaced) =>
        operate(() => {
          const known = people
            .all()
            .find(({ realm, subject }) => realm === next.realm && subject === next.subject);
          if (known === undefined || !isDeepStrictEqual(known, replaced)) return 'stale';
          people.set(next, known.realm, known.username);
          return 'replaced';
        }),
      remove: (realm, subject) =>
        operate(() => {
          const known = people.all().find((person) => person.realm === realm && person.subject === subject);
          if (known === undefined) return 'missing';
          people.delete(realm, known.username);
          return 'removed';
        }),
      replacePasswordHash: ({ realm, subject, replaced, passwordHash }) =>
        operate(() => {
          const known = people.all().find((person) => person.realm === realm && person.subject === subject);
          if (known === undefined || known.passwordHash !== replaced) return 'stale';
          people.set({ ...known, passwordHash }, realm, known.username);
          return 'replaced';
        }),
    },
    keys: createKeys(ledger),
    sessions: {
      insert: async (session, most = Infinity) => {
        const outcome = await sessions.insert(session);
        if (outcome === 'exists') return outcome;
        const { realm, hash, person } = session;
        await operate(() => {
          const others = sessions
            .all()
            .filter(
              (one) => one.realm === realm && one.person.subject === person.subject && one.hash !== hash,
            )
            .toSorted((a, b) => b.authentication.at - a.authentication.at);
          for (const other of others.slice(most - 1)) sessions.delete(other.realm, other.hash);
        });
        return outcome;
      },
      deleteOf: (realm, subject) =>
        operate(() => {
          const own = sessions.all().filter((one) => one.realm === realm && one.person.subject === subject);
          for (const { hash } of own) sessions.delete(realm, hash);
          return own.length;
        }),
      find: sessions.find,
      delete: (realm, hash) => operate(() => sessions.delete(realm, hash)),
    },
    interactions: {
      insert: interactions.insert,
      find: interactions.find,
      decide: (realm, id, decision, grant) =>
        operate(() => {
          const interaction = interactions.get(realm, id);
          if (interaction === undefined) return undefined;
          if (interaction.decision !== undefined) return { decision: interaction.decision, made: false };
          if (grant !== undefined) grants.insertNow(grant);
          interactions.set({ ...interaction, decision }, realm, id);
          return { decision, made: true };
        }),
    },
    audit: {
      record: (event) => operate(() => record([event])),
      observe: () => Promise.resolve(),
      list: (realm, page) =>
        operate(() => {
          const ofRealm = events.all().filter(({ event }) => event.realm === realm);
          const { items, ...rest } = pageOf(ofRealm, placeOf, page);
          return { items: items.map(({ event }) => event), ...rest };
        }),
    },
    sweep: (now, limit) =>
      operate(
        () =>
          interactions.sweep(({ expiresAt }) => expiresAt <= now, limit) +
          codes.sweep(({ expiresAt }) => expiresAt <= now, limit) +
          pushedRequests.sweep(({ expiresAt }) => expiresAt <= now, limit) +
          finishedSignIns.sweep(({ expiresAt }) => expiresAt <= now, limit) +
          replays.sweep(({ expiresAt }) => expiresAt <= now, limit) +
          revokedTokens.sweep(({ expiresAt }) => expiresAt <= now, limit) +
          initialAccessTokens.sweep(({ expiresAt }) => expiresAt <= now, limit) +
          leases.sweep(({ expiresAt }) => expiresAt <= now, limit) +
          sessions.sweep(({ expiresAt }) => expiresAt <= now, limit) +
          events.sweep(({ event }) => event.at + AUDIT_KEPT <= now, limit) +
          grants.sweep(now, limit),
      ),
  };
}

/** A later time results in a smaller text, so the newest events come first. */
const placeOf = ({ key, event }: EventRow): string =>
  `${String(Number.MAX_SAFE_INTEGER - event.at).padStart(16, '0')}.${key}`;
