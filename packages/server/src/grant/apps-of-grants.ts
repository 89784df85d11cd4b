import { allowsPerson, type Instant, type Memberships, sameResource } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { targetOf } from './target-of.ts';
import type { DisplayedClient } from '../records/displayed-client.ts';
import type { BoundMethod, Grant } from '../records/grant.ts';

/** An app with access for a person, and everything that it can do. */
export interface ConnectedApp {
  readonly clientId: string;
  /** Where its responses went, if the entry is only about that. Absent: about the whole client. */
  readonly target?: string;
  /** When the person first allowed some of its current access. */
  readonly since: Instant;
  /** When it loses its access without another use. */
  readonly expiresAt: Instant;
  readonly access: readonly AppAccess[];
  /** What the person saw of it at each approval, newest first. Empty if it was not stored. */
  readonly displayed: readonly ApprovedClient[];
}

/** What a person saw of a client at an approval. */
export interface ApprovedClient extends DisplayedClient {
  /** The method that the grant is bound to. */
  readonly clientMethod?: BoundMethod;
}

/** The access of an app at one API. */
export interface AppAccess {
  readonly api: { readonly name: string; readonly resource: string };
  readonly scopes: readonly HeldScope[];
  /** The person may not let apps use the API at present: the app gets no new access to it. @default false */
  readonly isStopped?: true;
}

/** A scope that an app has, as Connected apps displays it. */
export interface HeldScope {
  readonly name: string;
  readonly description: string;
  /** When it ends, as the person chose. Absent: when they end it. */
  readonly endsAt?: Instant;
}

/**
 * A person's grants by app and API. Several grants to one app are one entry with all of their access. A client with many installs is
 * an app for each target: what a person allowed it on their computer says nothing about a website that uses the same client.
 *
 * @param memberships the current groups of the person; not needed if every API allows every person
 * @param hasManyInstalls whether that is such a client
 */
export function connectedApps(
  realm: Realm,
  grants: readonly Grant[],
  memberships: Memberships | undefined,
  hasManyInstalls: (clientId: string) => boolean,
): readonly ConnectedApp[] {
  return [...Map.groupBy(grants, ({ clientId }) => clientId)].flatMap(([clientId, given]) =>
    hasManyInstalls(clientId)
      ? [...Map.groupBy(given, targetOf)].map(([target, ofTarget]) =>
          appOf(realm, clientId, ofTarget, memberships, target),
        )
      : [appOf(realm, clientId, given, memberships)],
  );
}

function appOf(
  realm: Realm,
  clientId: string,
  given: readonly Grant[],
  memberships: Memberships | undefined,
  target?: string,
): ConnectedApp {
  return {
    clientId,
    ...(target !== undefined && { target }),
    since: Math.min(...given.map(({ createdAt }) => createdAt)),
    expiresAt: Math.max(...given.map(({ expiresAt }) => expiresAt)),
    access: [...Map.groupBy(given, ({ resource }) => resource)].map(([resource, atOne]) =>
      accessTo(realm, resource, atOne, memberships),
    ),
    displayed: given
      .toSorted((a, b) => b.createdAt - a.createdAt)
      .flatMap(({ displayed, clientMethod }) =>
        displayed === undefined ? [] : [approvedClient(displayed, clientMethod)],
      ),
  };
}

const approvedClient = (displayed: DisplayedClient, clientMethod: BoundMethod | undefined): ApprovedClient =>
  clientMethod === undefined ? displayed : { ...displayed, clientMethod };

function accessTo(
  realm: Realm,
  resource: string,
  grants: readonly Grant[],
  memberships: Memberships | undefined,
): AppAccess {
  const api = realm.apis.find((candidate) => sameResource(candidate.resource, resource));
  const names = [...new Set(grants.flatMap(({ scopes }) => scopes))];
  return {
    api: { name: api?.name ?? resource, resource },
    scopes: names.map((scope) => heldScope(realm, scope, grants)),
    ...(api !== undefined && !allowsPerson(api, memberships) && { isStopped: true }),
  };
}

function heldScope(realm: Realm, name: string, grants: readonly Grant[]): HeldScope {
  const description = realm.scopes.find((scope) => scope.name === name)?.description ?? name;
  const holding = grants.filter(({ scopes }) => scopes.includes(name));
  const endsAt = Math.max(...holding.map((grant) => grant.endsAt ?? Infinity));
  return { name, description, ...(endsAt !== Infinity && { endsAt }) };
}
