import type { Actor } from '../audit/actor.ts';
import type { RealmRecord } from '../realm/realm.ts';
import type { ActContext } from './act-context.ts';

/** A gate, by name. The first one is for clients that register, and another one for those with metadata documents. */
export type GateName =
  | { readonly gate: 'realm' }
  | { readonly gate: 'documents' }
  /** `of` is the API's id. */
  | { readonly gate: 'api'; readonly of: string }
  /** `of` is the scope's name. */
  | { readonly gate: 'scope'; readonly of: string };

/** The result of opening or closing a gate; `unchanged` if it already was so. */
export type GateChange = 'changed' | 'unchanged' | 'missing';

/** The gates for self-registered clients. */
export interface GateActs {
  /** Opens or closes a gate. This takes effect at once, on every node. */
  set(actor: Actor, realm: string, gate: GateName, open: boolean): Promise<GateChange>;
}

export const gateActs = ({ changeRealm }: Pick<ActContext, 'changeRealm'>): GateActs => ({
  async set(actor, realm, gate, open) {
    const type = open ? 'gate.opened' : 'gate.closed';
    const event = { type, ...gate, before: { open: !open }, after: { open } } as const;
    const { outcome } = await changeRealm(
      { actor, realm },
      (current) => withGate(current, gate, open),
      () => event,
    );
    return outcome;
  },
});

/** The realm with a gate open or closed; the same object if it is so already. */
function withGate(
  realm: RealmRecord,
  name: GateName,
  open: boolean,
): RealmRecord | { readonly outcome: 'missing' } {
  const isOpen = isGateOpen(realm, name);
  if (isOpen === undefined) return { outcome: 'missing' };
  if (isOpen === open) return realm;
  switch (name.gate) {
    case 'realm':
      return withRegistration(realm, open);
    case 'documents':
      return withDocuments(realm, open);
    case 'api':
      return {
        ...realm,
        apis: realm.apis.map((api) => (api.id === name.of ? { ...api, openToDynamicClients: open } : api)),
      };
    case 'scope':
      return {
        ...realm,
        scopes: realm.scopes.map((scope) =>
          scope.name === name.of ? { ...scope, openToDynamicClients: open } : scope,
        ),
      };
  }
}

/** `undefined` if the realm has no such API or scope. */
function isGateOpen({ settings, apis, scopes }: RealmRecord, name: GateName): boolean | undefined {
  switch (name.gate) {
    case 'realm':
      return settings.registration?.open ?? false;
    case 'documents':
      return settings.metadataDocuments?.open ?? false;
    case 'api':
      return apis.find(({ id }) => id === name.of)?.openToDynamicClients;
    case 'scope':
      return scopes.find((scope) => scope.name === name.of)?.openToDynamicClients;
  }
}

/** Changes only this member: a setting that was never chosen keeps its default, also one of a later version. */
const withRegistration = ({ settings, ...realm }: RealmRecord, open: boolean): RealmRecord => ({
  ...realm,
  settings: { ...settings, registration: { ...settings.registration, open } },
});

const withDocuments = ({ settings, ...realm }: RealmRecord, open: boolean): RealmRecord => ({
  ...realm,
  settings: { ...settings, metadataDocuments: { ...settings.metadataDocuments, open } },
});
