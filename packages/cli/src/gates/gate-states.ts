import { type GateName, isDoorOpen, mayTarget, type Realm } from '@vestibule/core';

/** A gate as it is. */
export type GateState = GateName & {
  readonly open: boolean;
  /** What people have to know of it: the mode of the door, the address of an API, what a scope allows. */
  readonly about: string;
};

/** The realm's gates: the door, each API, each scope. */
export const gateStates = (realm: Realm): readonly GateState[] => [
  { gate: 'realm', open: isDoorOpen(realm), about: realm.settings.registration.mode },
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

/** The API's id or the scope's name; nothing for the realm. */
export const nameOf = (gate: GateName): string => ('of' in gate ? gate.of : '');
