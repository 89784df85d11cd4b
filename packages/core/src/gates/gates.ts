import type { Preregistration } from '../client/preregistration.ts';
import type { StoredClient } from '../client/stored-client.ts';
import type { Api, Realm, Scope } from '../realm/realm.ts';
import { sameResource } from '../identifiers/resource.ts';

/** Which of the three gates is closed. */
export type Gate = 'realm' | 'api' | 'scope';

export type GateVerdict =
  | { readonly open: true; readonly api: Api; readonly scopes: readonly string[] }
  | { readonly open: false; readonly gate: Gate };

/** What is asked of the gates. */
export interface GateQuestion {
  readonly realm: Realm;
  readonly client: Pick<StoredClient, 'scope' | 'bounds' | 'preregistration'>;
  /** The resource indicator. */
  readonly resource: string;
  /** The scopes asked for. Absent: all that can be had. An empty list asks for none. */
  readonly requested?: readonly string[];
}

/**
 * Asks all three gates about a client that introduced itself, and the operator's own list about one that an operator
 * made. Asked at authorization, at the person's decision, at the code exchange, at every refresh and at introspection,
 * each time of the realm as it is now: closing a gate works at once.
 */
export function askGates({ realm, client, resource, requested }: GateQuestion): GateVerdict {
  if (client.preregistration !== undefined) {
    return askAccess(realm, client.preregistration, resource, requested);
  }
  if (!isRegistrationOpen(realm)) return { open: false, gate: 'realm' };
  const api = realm.apis.find((candidate) => sameResource(candidate.resource, resource));
  if (api === undefined || !mayTarget(api) || !isWithinBounds(client, api)) {
    return { open: false, gate: 'api' };
  }
  const scopes = grantableScopes(client, api, realm.scopes, requested);
  return scopes.length === 0 ? { open: false, gate: 'scope' } : { open: true, api, scopes };
}

/** What an operator lets a client have: what stands on its list, as far as the realm still has it. */
function askAccess(
  { apis, scopes: known }: Realm,
  { access }: Preregistration,
  resource: string,
  requested?: readonly string[],
): GateVerdict {
  const api = apis.find((candidate) => sameResource(candidate.resource, resource));
  const allowed = api && access.find((entry) => sameResource(entry.resource, api.resource));
  if (api === undefined || allowed === undefined) return { open: false, gate: 'api' };
  const grantable = api.scopes.filter(
    (name) => allowed.scopes.includes(name) && known.some((scope) => scope.name === name),
  );
  const scopes = requested?.filter((name) => grantable.includes(name)) ?? grantable;
  return scopes.length === 0 ? { open: false, gate: 'scope' } : { open: true, api, scopes };
}

/** The first gate: whether the realm has dynamic clients at all. */
export const isRegistrationOpen = (realm: Realm): boolean => realm.settings.registration.open;

/** The second gate: whether dynamic clients may name this API. */
export const mayTarget = (api: Api): boolean => api.openToDynamicClients;

/** Whether a client that registered with an initial access token may name this API with it. */
const isWithinBounds = ({ bounds }: Pick<StoredClient, 'bounds'>, api: Api): boolean =>
  bounds?.resources?.some((resource) => sameResource(resource, api.resource)) ?? true;

/**
 * The third gate: of the scopes asked for, those that the API understands, that are open to dynamic clients
 * and that the client's registration allows, in the order of the question.
 */
export function grantableScopes(
  client: Pick<StoredClient, 'scope' | 'bounds'>,
  api: Api,
  scopes: readonly Scope[],
  requested?: readonly string[],
): readonly string[] {
  const open = openScopes(scopes);
  const grantable = api.scopes.filter(
    (name) =>
      open.includes(name) &&
      (client.scope?.includes(name) ?? true) &&
      (client.bounds?.scopes?.includes(name) ?? true),
  );
  return requested?.filter((name) => grantable.includes(name)) ?? grantable;
}

/**
 * Names of the scopes that a dynamic client can obtain at this moment, at these APIs of the realm: what metadata and
 * challenges name. It asks all three gates, so that nothing is advertised that no client gets.
 */
export const obtainableScopes = (realm: Realm, apis: readonly Api[] = realm.apis): readonly string[] => {
  const targets = isRegistrationOpen(realm) ? apis.filter(mayTarget) : [];
  return openScopes(realm.scopes).filter((name) => targets.some(({ scopes }) => scopes.includes(name)));
};

/** Names of the scopes that dynamic clients may hold. */
export const openScopes = (scopes: readonly Scope[]): readonly string[] =>
  scopes.filter((scope) => scope.openToDynamicClients).map((scope) => scope.name);
