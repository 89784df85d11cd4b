import type { Clock, SealedClient, UnstoredClients } from '@vestibule/core';
import type { AuditFacts } from '@vestibule/core/audit';
import type { ClientRules } from '@vestibule/core/policy';
import type { Realm } from '@vestibule/core/realm';
import {
  knownUntil,
  openSealed,
  type SealedClientOptions,
  storedFromSealed,
  type StoringChange,
  storingOf,
} from '@vestibule/core/registration';
import { type RequestInfo, sourceOf } from '@vestibule/http';
import type { Change } from '../ports/commit.ts';
import type { ReplayStore } from '../ports/replay-store.ts';
import { sha256 } from '../web/digest.ts';

/** The key under which it is noted that a client was stored. */
const storedKey = (clientId: string): string => sha256(`sealed-client:${clientId}`);

/** Whether the client with this id was stored, and its id has not expired long ago. */
export const wasStoredIn =
  ({ replays }: { readonly replays: ReplayStore }) =>
  (realm: string, clientId: string): Promise<boolean> =>
    replays.has(realm, storedKey(clientId));

/** A change that stores a client which was not stored yet. */
export type SealedStoring = StoringChange | Extract<Change, { readonly kind: 'replay.note' }>;

/** Notes that a client was stored. This happens once. */
const noted = (client: SealedClient): Extract<Change, { readonly kind: 'replay.note' }> => ({
  kind: 'replay.note',
  realm: client.realm,
  key: storedKey(client.id),
  expiresAt: knownUntil(client),
});

/**
 * The changes that store a sealed client, for the commit of its approval. It is noted that it was stored, so that this happens
 * once: a client that is deleted later does not come back with its `client_id`. Its limits are counted by the address of the
 * person, because that of its registration is not known any more.
 */
export function storingSealed(
  { clientRules, clock }: { readonly clientRules: ClientRules; readonly clock: Clock },
  { ip }: RequestInfo,
  realm: Realm,
  client: SealedClient,
): readonly SealedStoring[] {
  const options = {
    hash: sha256,
    ...(clientRules.vendors !== undefined && { vendors: clientRules.vendors }),
  };
  return [noted(client), ...storingOf(options, realm, sourceOf(ip), client, clock())];
}

/** The event of a client that a person's approval stored. */
export function storedEvent(
  { id: clientId, name: clientName, redirectUris, issuedAt: registeredAt, registration }: SealedClient,
  subject: string,
): AuditFacts {
  const { vouchedBy } = registration;
  const facts = { clientId, clientName, redirectUris, subject, registeredAt };
  return { type: 'client.stored', ...facts, ...(vouchedBy !== undefined && { vouchedBy }) };
}

/** What clients that are not stored yet are found with. */
export type UnstoredClientOptions = Pick<SealedClientOptions, 'realms' | 'sealer' | 'clock'>;

/** Clients that are not stored yet, for an operator's acts on them. */
export const unstoredClients = (options: UnstoredClientOptions): UnstoredClients => ({
  async blocking(realm, clientId, at) {
    const sealed = await openSealed(options, realm, clientId);
    if (sealed === undefined) return undefined;
    const client = storedFromSealed(sealed, { at, by: 'block' });
    return { client, changes: [noted(sealed), { kind: 'client.insert', client }] };
  },
});
