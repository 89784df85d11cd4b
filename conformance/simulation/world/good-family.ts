import { withDefaultSettings } from '@vestibule/core/realm';
import type { Family } from './book.ts';
import { RESOURCES } from './realms.ts';
import type { World } from './world.ts';

/** Whether nothing that happened can have ended a family, and every gate that it needs is open. */
export function isGood({ realmStates, now }: World, family: Family): boolean {
  const { client, api, isSuspect, lastIssuedAt, accessTokens, refreshTokens } = family;
  const realm = realmStates.findLast((state) => state.realm.id === client.realm)?.realm;
  if (realm === undefined || isSuspect || client.isMeddledWith === true || refreshTokens.length === 0) {
    return false;
  }
  const { registration, lifetimes } = withDefaultSettings(realm.settings);
  const scopes = accessTokens[0]?.issued.scopes ?? [];
  return (
    registration.open &&
    now() < lastIssuedAt + lifetimes.refreshToken * 1_000 &&
    realm.apis.some((one) => one.resource === RESOURCES[api] && one.openToDynamicClients) &&
    realm.scopes.some(({ name, openToDynamicClients }) => scopes.includes(name) && openToDynamicClients)
  );
}
