import type { Preregistration } from '../client/preregistration.ts';
import {
  type Client,
  isSelfRegistered,
  registrationOf,
  type SelfRegisteredClient,
} from '../client/client.ts';
import type { Api, Realm, Scope } from '../realm/realm.ts';
import { acceptsDocument } from './accepts-document.ts';
import { sameResource } from '../identifiers/resource.ts';

/** Which of the three gates is closed. */
export type Gate = 'realm' | 'api' | 'scope';

/** What the gates allow, or the first gate that is closed. */
export type GateVerdict =
  | { readonly open: true; readonly api: Api; readonly scopes: readonly string[] }
  | { readonly open: false; readonly gate: Gate };

/** A question to the gates. */
export interface GateQuestion {
  readonly realm: Realm;
  readonly client: Client;
  /** The resource indicator. */
  readonly resource: string;
  /** The requested scopes. Absent: all available ones. An empty list requests none. */
  readonly requested?: readonly string[];
}

/**
 * Checks the three gates for a self-registered client, and the operator's list for a pre-registered client. Called at
 * authorization, at the person's decision, at the code exchange, at every refresh and at introspection, each time with the
 * current realm, so closing a gate takes effect at once.
 */
export function askGates({ realm, client, resource, requested }: GateQuestion): GateVerdict {
  if (!isSelfRegistered(client)) return askAccess(realm, client.terms, resource, requested);
  if (!isOpenTo(realm, client)) return { open: false, gate: 'realm' };
  const api = realm.apis.find((candidate) => sameResource(candidate.resource, resource));
  if (api === undefined || !mayTarget(api) || !isWithinBounds(client, api)) {
    return { open: false, gate: 'api' };
  }
  const scopes = grantableScopes(client, api, realm.scopes, requested);
  return scopes.length === 0 ? { open: false, gate: 'scope' } : { open: true, api, scopes };
}

/** The access of a pre-registered client: what its list names, as far as the realm still has it. */
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

/** The first gate: whether the realm accepts this self-registered client by its kind, and by its host if it has one. */
function isOpenTo(realm: Realm, client: SelfRegisteredClient): boolean {
  switch (client.kind) {
    case 'dynamic':
      return isRegistrationOpen(realm);
    case 'metadata-document':
      return acceptsDocument(realm, client.document.uri);
  }
}

/** The first gate for dynamic clients: whether the realm accepts them. */
export const isRegistrationOpen = (realm: Realm): boolean => realm.settings.registration.open;

/** The first gate for clients with metadata documents: whether the realm accepts any of them. */
export const isOpenToDocuments = (realm: Realm): boolean => realm.settings.metadataDocuments.open;

/** The second gate: whether dynamic clients may name this API. */
export const mayTarget = (api: Api): boolean => api.openToDynamicClients;

/** Whether the initial access token of a client, if it registered with one, allows this API. */
const isWithinBounds = (client: Client, api: Api): boolean =>
  registrationOf(client).bounds?.resources?.some((resource) => sameResource(resource, api.resource)) ?? true;

/**
 * The third gate: the requested scopes that the API has, that are open to dynamic clients and that the registration of the
 * client allows, in the order of the request.
 */
export function grantableScopes(
  client: SelfRegisteredClient,
  api: Api,
  scopes: readonly Scope[],
  requested?: readonly string[],
): readonly string[] {
  const { bounds } = registrationOf(client);
  const open = openScopes(scopes);
  const grantable = api.scopes.filter(
    (name) =>
      open.includes(name) &&
      (client.scope?.includes(name) ?? true) &&
      (bounds?.scopes?.includes(name) ?? true),
  );
  return requested?.filter((name) => grantable.includes(name)) ?? grantable;
}

/**
 * The scopes that a self-registered client can currently obtain at these APIs of the realm, for metadata and challenges. Checks all
 * three gates, so only obtainable scopes are advertised.
 */
export const obtainableScopes = (realm: Realm, apis: readonly Api[] = realm.apis): readonly string[] => {
  const isOpen = isRegistrationOpen(realm) || isOpenToDocuments(realm);
  const targets = isOpen ? apis.filter(mayTarget) : [];
  return openScopes(realm.scopes).filter((name) => targets.some(({ scopes }) => scopes.includes(name)));
};

/** Names of the scopes that dynamic clients may hold. */
export const openScopes = (scopes: readonly Scope[]): readonly string[] =>
  scopes.filter((scope) => scope.openToDynamicClients).map((scope) => scope.name);
