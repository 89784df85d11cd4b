import type { ClientSealer } from '../ports/client-sealer.ts';
import type { ClientStore } from '../ports/client-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { RealmDirectory } from '../ports/realm-directory.ts';
import { findRealm } from '../realm/find.ts';
import { after, type Instant } from '../time.ts';
import type { ClientSource } from './client-source.ts';
import { readSealed, type SealedClient } from './sealed-client.ts';

/** What sealed clients are found with. */
export interface SealedClientOptions {
  readonly clients: Pick<ClientStore, 'find'>;
  readonly realms: RealmDirectory;
  readonly sealer: ClientSealer;
  /**
   * Whether the client with this id was stored at any time while its id is valid, whether it still is or not. From then on only
   * the store decides about it.
   */
  readonly wasStored: (realm: string, id: string) => Promise<boolean>;
  readonly clock: Clock;
}

/** The stored clients, and those that are not stored yet. */
export function sealedClients(options: SealedClientOptions): ClientSource {
  const { clients, wasStored } = options;
  return {
    async find(realmId, id) {
      const stored = await clients.find(realmId, id);
      if (stored !== undefined) return stored;
      const sealed = await openSealed(options, realmId, id);
      if (sealed === undefined) return undefined;
      // If it was stored after the first look, it is found now. If it was deleted since, it is not.
      return (await wasStored(realmId, id)) ? clients.find(realmId, id) : sealed;
    },
  };
}

/** The client in a `client_id`, stored or not. */
export async function openSealed(
  { realms, sealer, clock }: Pick<SealedClientOptions, 'realms' | 'sealer' | 'clock'>,
  realmId: string,
  id: string,
): Promise<SealedClient | undefined> {
  const realm = await findRealm(realms, realmId);
  const text = realm && (await sealer.open(realm, id));
  const sealed = text === undefined ? undefined : readSealed(realmId, id, text);
  if (realm === undefined || sealed === undefined) return undefined;
  const { lifecycle, lifetimes } = realm.settings;
  // An operator may have shortened the time since.
  const expiresAt = Math.min(sealed.sealedUntil, after(sealed.issuedAt, lifecycle.deferred));
  // A person who began in time can finish.
  const isOver = after(expiresAt, lifetimes.transaction + lifetimes.code) <= clock();
  return isOver ? undefined : { ...sealed, expiresAt };
}

/** A day for the longest interaction, and one for the longest code. */
const LONGEST_UNDER_WAY = 2 * 86_400;

/** Until when it has to be known that a client was stored: as long as any server could still open its `client_id`. */
export const knownUntil = ({ sealedUntil }: SealedClient): Instant => after(sealedUntil, LONGEST_UNDER_WAY);
