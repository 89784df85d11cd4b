import type { Actor } from '../audit/actor.ts';
import type { AuditEvent } from '../audit/event.ts';
import { recordedDifference } from '../audit/recorded-state.ts';
import type { PreregisteredClient } from '../client/client.ts';
import type { OperatorChange } from '../ports/operator-commit.ts';
import type { KnownPerson } from '../ports/operator-stores.ts';
import type { RealmRecord } from '../realm/realm.ts';
import type { Instant } from '../time.ts';
import type { Act } from './act-context.ts';
import { termsEvent } from './client-state.ts';
import { personAdded } from './person-state.ts';

/** A realm that does not exist yet, with everything in it. */
export interface WholeRealm {
  readonly realm: RealmRecord;
  readonly clients: readonly PreregisteredClient[];
  readonly people: readonly KnownPerson[];
}

/** What creates a whole realm in one commit: its changes, and an event of the realm, of each client and of each person. */
export interface RealmCreation {
  readonly changes: readonly OperatorChange[];
  readonly events: readonly AuditEvent[];
}

/** The creation of a whole realm, as a program does it when it starts. */
export function realmCreation(
  actor: Actor,
  { realm, clients, people }: WholeRealm,
  at: Instant,
): RealmCreation {
  const stamped = (event: Act['event']): AuditEvent => ({ ...event, actor, realm: realm.id, at });
  const events = [
    realmAdded(realm),
    ...clients.map((client) => termsEvent('client.preregistered', undefined, client)),
    ...people.map(personAdded),
  ];
  return {
    changes: [
      { kind: 'realm.insert', realm },
      ...clients.map((client) => ({ kind: 'client.insert', client }) as const),
      ...people.map((person) => ({ kind: 'person.insert', person }) as const),
    ],
    events: events.map(stamped),
  };
}

/** Says of APIs and scopes only which there are. */
export const realmAdded = ({ name, issuer, settings, scopes, apis }: RealmRecord): Act['event'] => ({
  type: 'realm.added',
  ...recordedDifference(undefined, {
    name,
    issuer,
    ...settings,
    ...(scopes.length > 0 && { scopes: scopes.map((scope) => scope.name) }),
    ...(apis.length > 0 && { apis: apis.map(({ resource }) => resource) }),
  }),
});
