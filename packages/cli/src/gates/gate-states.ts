import { isOpenToDocuments, isRegistrationOpen, mayTarget } from '@vestibule/core';
import type { GateName } from '@vestibule/core/operator';
import type { Realm } from '@vestibule/core/realm';

/** The state of a gate. */
export type GateState = GateName & {
  readonly open: boolean;
  /** The registration mode of the realm, the documents that are accepted, the resource of an API, or the description of a scope. */
  readonly about: string;
};

/** The gates of a realm: registration, metadata documents, each API, each scope. */
export const gateStates = (realm: Realm): readonly GateState[] => [
  { gate: 'realm', open: isRegistrationOpen(realm), about: realm.settings.registration.mode },
  { gate: 'documents', open: isOpenToDocuments(realm), about: acceptedDocuments(realm) },
  ...realm.apis.map((api): GateState => ({
    gate: 'api',
    of: api.id,
    open: mayTarget(api),
    about: api.resource,
  })),
  ...realm.scopes.map(({ name, openToDynamicClients, description }): GateState => ({
    gate: 'scope',
    of: name,
    open: openToDynamicClients,
    about: description,
  })),
];

export const isSameGate = (one: GateName, other: GateName): boolean =>
  one.gate === other.gate && nameOf(one) === nameOf(other);

/** Whose metadata documents are accepted, in words. */
function acceptedDocuments({ settings: { metadataDocuments } }: Realm): string {
  const { allowedHosts, refusedHosts, refusedDocuments } = metadataDocuments;
  const refused = refusedHosts.length + refusedDocuments.length;
  const accepted = allowedHosts.length === 0 ? 'of any host' : `of ${allowedHosts.join(', ')}`;
  return refused === 0 ? accepted : `${accepted}, with ${refused} refused`;
}

/** The id of the API or the name of the scope; empty for others. */
export const nameOf = (gate: GateName): string => ('of' in gate ? gate.of : '');
