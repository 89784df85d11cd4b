import type { RealmStore } from '../ports/realm-store.ts';
import type { Realm } from '../realm/realm.ts';

/** One of the three gates, by name. */
export type GateName =
  | { readonly gate: 'realm' }
  /** `of` is the API's id. */
  | { readonly gate: 'api'; readonly of: string }
  /** `of` is the scope's name. */
  | { readonly gate: 'scope'; readonly of: string };

export type GateChange = 'changed' | 'unchanged' | 'missing';

/** Opens or closes a gate, whatever others change in the realm meanwhile. Works at once, everywhere. */
export async function setGate(
  realms: RealmStore,
  realmId: string,
  name: GateName,
  open: boolean,
): Promise<GateChange> {
  const realm = await realms.find(realmId);
  if (realm === undefined) return 'missing';
  const isOpen = isGateOpen(realm, name);
  if (isOpen === undefined) return 'missing';
  if (isOpen === open) return 'unchanged';
  const { version, ...current } = realm;
  const outcome = await realms.replace(withGate(current, name, open), version);
  if (outcome === 'missing') return 'missing';
  return outcome === 'stale' ? setGate(realms, realmId, name, open) : 'changed';
}

/** `undefined` where there is no such API or scope. */
function isGateOpen({ settings, apis, scopes }: Realm, name: GateName): boolean | undefined {
  switch (name.gate) {
    case 'realm':
      return settings.registration.open;
    case 'api':
      return apis.find(({ id }) => id === name.of)?.openToDynamicClients;
    case 'scope':
      return scopes.find((scope) => scope.name === name.of)?.openToDynamicClients;
  }
}

function withGate(realm: Realm, name: GateName, open: boolean): Realm {
  switch (name.gate) {
    case 'realm':
      return withDoor(realm, open);
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

/** Nothing but this member changes: a setting that was never chosen goes on having its default, also a later one. */
const withDoor = ({ settings, ...realm }: Realm, open: boolean): Realm => ({
  ...realm,
  settings: { ...settings, registration: { ...settings.registration, open } },
});
