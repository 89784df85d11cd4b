import type { Actor } from '../audit/actor.ts';
import { recordedDifference } from '../audit/recorded-state.ts';
import type { Client, PreregisteredClient } from '../client/client.ts';
import type { OperatorChange } from '../ports/operator-commit.ts';
import type { Act, ActContext } from './act-context.ts';
import { clientState, termsEvent } from './client-state.ts';
import { amend } from './pre-registration/amend.ts';
import { insertPreregistered } from './pre-registration/insert-preregistered.ts';
import { preregister } from './pre-registration/pre-register.ts';
import {
  endOldSecrets,
  rotateSecret,
  type SecretChange,
  type SecretRotation,
} from './pre-registration/secrets.ts';
import type {
  Amending,
  Amendment,
  Preregistering,
  PreregistrationTerms,
  ReplaceClient,
} from './pre-registration/terms.ts';

/** The result of changing a client; `unchanged` if it already was so. */
export type ClientChange = 'changed' | 'unchanged' | 'missing';

/** The clients of a realm. Changes take effect at once, on every node. */
export interface ClientActs {
  /** Pre-registers a client. A secret that is created for it is returned once. */
  add(actor: Actor, realm: string, terms: PreregistrationTerms): Promise<Preregistering>;
  /** Changes the terms of a pre-registered client. */
  change(actor: Actor, realm: string, clientId: string, amendment: Amendment): Promise<Amending>;
  /** Creates another secret for a pre-registered client, which is returned once. The previous secret stays valid. */
  rotateSecret(actor: Actor, realm: string, clientId: string): Promise<SecretRotation>;
  /** Invalidates all secrets of a pre-registered client except the newest. */
  endOldSecrets(actor: Actor, realm: string, clientId: string): Promise<SecretChange>;
  /** Ends all grants of a client, and prevents approvals until it is unblocked. Stores a client that is not stored yet. */
  block(actor: Actor, realm: string, clientId: string): Promise<ClientChange>;
  /** Allows people to approve a client again. Ended grants stay ended. */
  unblock(actor: Actor, realm: string, clientId: string): Promise<ClientChange>;
  /**
   * Deletes a client and ends its grants; of an expired client, deletes what could restore it. A client that is not stored yet
   * is unknown from then on.
   */
  remove(actor: Actor, realm: string, clientId: string): Promise<'changed' | 'missing'>;
}

export function clientActs(context: ActContext): ClientActs {
  const { clients, unstoredClients, clock, carryOut } = context;

  const secretEvent = (
    type: 'client.secret-rotated' | 'client.old-secrets-ended',
    before: PreregisteredClient,
    client: PreregisteredClient,
  ): Act['event'] => ({
    type,
    clientId: client.id,
    clientName: client.name,
    ...recordedDifference(clientState(before), clientState(client)),
  });

  /** Replaces a client and records it, at once. */
  const replacing =
    (
      actor: Actor,
      realm: string,
      eventOf: (before: PreregisteredClient, after: PreregisteredClient) => Act['event'],
    ): ReplaceClient =>
    async (before, after) => {
      const changes = [{ kind: 'client.replace', client: after, expectedVersion: before.version } as const];
      return (await carryOut({ actor, realm, changes, event: eventOf(before, after) })).committed;
    };

  const blockedEvent = (client: Client, blocked: boolean): Act['event'] => ({
    type: blocked ? 'client.blocked' : 'client.unblocked',
    clientId: client.id,
    clientName: client.name,
    before: { blocked: !blocked },
    after: { blocked },
  });

  const removedEvent = (client: Client): Act['event'] => ({
    type: 'client.removed',
    clientId: client.id,
    clientName: client.name,
    reason: 'operator',
    ...recordedDifference(clientState(client), undefined),
  });

  const endGrantsOf = (realm: string, clientId: string): OperatorChange => ({
    kind: 'grant.end-all',
    realm,
    clientId,
    at: clock(),
  });

  /** Blocks a stored client, or unblocks it. @returns `false` if it has changed since it was read */
  async function setBlocked(actor: Actor, client: Client, blocked: boolean): Promise<boolean> {
    const { realm, id, version, blockedAt: _blockedAt, ...unblocked } = client;
    const blockedAt = clock();
    const next = { ...unblocked, realm, id, version, ...(blocked && { blockedAt }) };
    const changes = [
      { kind: 'client.replace', client: next, expectedVersion: version } as const,
      ...(blocked ? [endGrantsOf(realm, id)] : []),
    ];
    return (await carryOut({ actor, realm, changes, event: blockedEvent(client, blocked) })).committed;
  }

  /**
   * Makes changes of a client that is not stored yet, beginning with those that store it as blocked.
   *
   * @returns `changed`; `missing` if there is no such client; `stored` if it was stored meanwhile
   */
  async function actOnUnstored(
    actor: Actor,
    realm: string,
    clientId: string,
    {
      further = [],
      eventOf,
    }: {
      readonly further?: readonly OperatorChange[];
      readonly eventOf: (client: Client) => Act['event'];
    },
  ): Promise<'changed' | 'missing' | 'stored'> {
    const blocking = await unstoredClients?.blocking(realm, clientId, clock());
    if (blocking === undefined) return 'missing';
    const { client, changes } = blocking;
    const event = eventOf(client);
    const { committed } = await carryOut({ actor, realm, changes: [...changes, ...further], event });
    if (committed) return 'changed';
    // It may also have been stored and deleted since.
    return (await clients.find(realm, clientId)) === undefined ? 'missing' : 'stored';
  }

  const acts: ClientActs = {
    add: (actor, realm, terms) =>
      preregister(context, realm, terms, (client) => insertPreregistered(context, actor, client)),
    change: (actor, realm, clientId, amendment) => {
      const replace = replacing(actor, realm, (before, after) => termsEvent('client.amended', before, after));
      return amend(context, realm, clientId, amendment, replace);
    },
    rotateSecret: (actor, realm, clientId) => {
      const eventOf = (before: PreregisteredClient, after: PreregisteredClient): Act['event'] =>
        secretEvent('client.secret-rotated', before, after);
      return rotateSecret(context, realm, clientId, replacing(actor, realm, eventOf));
    },
    endOldSecrets: (actor, realm, clientId) => {
      const eventOf = (before: PreregisteredClient, after: PreregisteredClient): Act['event'] =>
        secretEvent('client.old-secrets-ended', before, after);
      return endOldSecrets(context, realm, clientId, replacing(actor, realm, eventOf));
    },
    async block(actor, realm, clientId) {
      const client = await clients.find(realm, clientId);
      if (client === undefined) {
        const eventOf = (unstored: Client): Act['event'] => blockedEvent(unstored, true);
        const outcome = await actOnUnstored(actor, realm, clientId, { eventOf });
        return outcome === 'stored' ? acts.block(actor, realm, clientId) : outcome;
      }
      if (client.blockedAt !== undefined) {
        // An older version may have been interrupted before it ended the grants.
        await context.commit([endGrantsOf(realm, clientId)]);
        return 'unchanged';
      }
      return (await setBlocked(actor, client, true)) ? 'changed' : acts.block(actor, realm, clientId);
    },
    async unblock(actor, realm, clientId) {
      const client = await clients.find(realm, clientId);
      if (client === undefined) return 'missing';
      if (client.blockedAt === undefined) return 'unchanged';
      return (await setBlocked(actor, client, false)) ? 'changed' : acts.unblock(actor, realm, clientId);
    },
    async remove(actor, realm, clientId) {
      const client = await clients.find(realm, clientId);
      const expired = await clients.findExpired(realm, clientId);
      const removed = client ?? expired;
      if (removed === undefined) {
        const further = [{ kind: 'client.remove', realm, id: clientId, expectedVersion: 1 } as const];
        const outcome = await actOnUnstored(actor, realm, clientId, { further, eventOf: removedEvent });
        return outcome === 'stored' ? acts.remove(actor, realm, clientId) : outcome;
      }
      const changes = [
        ...(client === undefined
          ? []
          : [{ kind: 'client.remove', realm, id: clientId, expectedVersion: client.version } as const]),
        ...(expired === undefined ? [] : [{ kind: 'client.forget', realm, id: clientId } as const]),
        endGrantsOf(realm, clientId),
      ];
      const { committed } = await carryOut({ actor, realm, changes, event: removedEvent(removed) });
      // It was changed, expired or restored concurrently: find it again.
      return committed ? 'changed' : acts.remove(actor, realm, clientId);
    },
  };
  return acts;
}
