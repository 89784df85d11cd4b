import type { Client, ClientSource, Clock } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { type ConnectedApp, connectedApps } from '../grant/apps-of-grants.ts';
import type { MembershipContext } from '../person/memberships-for.ts';
import type { GrantStore } from '../ports/grant-store.ts';
import { hasManyInstalls } from './has-many-installs.ts';

/** What identifies an app of a person: its client, and for a client with many installs the target of its responses. */
export type AppId = Pick<ConnectedApp, 'clientId' | 'target'>;

export const isSameApp = (one: AppId, other: AppId): boolean =>
  one.clientId === other.clientId && one.target === other.target;

/** The apps of a person. */
export interface AppsOfPerson {
  readonly apps: readonly ConnectedApp[];
  /** Their clients by id, as they are stored now. */
  readonly stored: ReadonlyMap<string, Client | undefined>;
}

interface AppsContext extends MembershipContext {
  readonly clients: ClientSource;
  readonly grants: Pick<GrantStore, 'listOf'>;
  readonly clock: Clock;
}

/**
 * The apps with access for a person.
 *
 * @param clientId only those of this client, which is looked up even if it has no access
 */
export async function appsOfPerson(
  { clients, grants, clock, people }: AppsContext,
  realm: Realm,
  subject: string,
  clientId?: string,
): Promise<AppsOfPerson> {
  const given = await grants.listOf(realm.id, subject, clock(), clientId);
  const ids = clientId === undefined ? [...new Set(given.map((grant) => grant.clientId))] : [clientId];
  const isAsked = realm.apis.some(({ allowedGroups }) => allowedGroups !== undefined);
  const [memberships, ...found] = await Promise.all([
    isAsked ? people.findBySubject(realm.id, subject) : undefined,
    ...ids.map((id) => clients.find(realm.id, id)),
  ]);
  const stored = new Map(ids.map((id, index) => [id, found[index]]));
  const areMany = (id: string): boolean => {
    const client = stored.get(id);
    return client !== undefined && hasManyInstalls(client);
  };
  return { apps: connectedApps(realm, given, memberships, areMany), stored };
}
