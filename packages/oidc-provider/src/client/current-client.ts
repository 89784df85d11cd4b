import {
  type Client,
  isDocumentId,
  isSelfRegistered,
  type SelfRegisteredClient,
  type Standing,
  standingDuringInteraction,
  standingOf,
} from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { type BridgeContext, currentRealm } from '../bridge-context.ts';

/** A self-registered client as it is now, and what it may do. */
export interface CurrentClient {
  readonly realm: Realm;
  readonly client: SelfRegisteredClient;
  readonly standing: Standing;
}

/** Reads a self-registered client and the realm. `undefined` if there is no such client. */
export async function findCurrent(
  context: BridgeContext,
  id: string,
  isInteraction = false,
): Promise<CurrentClient | undefined> {
  const [realm, client] = await Promise.all([currentRealm(context), context.clients.find(context.realm, id)]);
  return client && currentOf(context, realm, client, isInteraction);
}

/** What a client may do now. `undefined` for a client that an operator created: those are clients of the provider alone. */
export function currentOf(
  { rules, clock, metadataDocuments }: BridgeContext,
  realm: Realm,
  client: Client,
  isInteraction = false,
): CurrentClient | undefined {
  if (!isSelfRegistered(client)) return undefined;
  if (isDocumentId(client.id) && metadataDocuments === undefined) return undefined;
  const standing = (isInteraction ? standingDuringInteraction : standingOf)(client, realm, rules, clock());
  // What expired can be registered again; restoring it is not supported here.
  return standing.kind === 'gone' || standing.kind === 'restorable' ? undefined : { realm, client, standing };
}
