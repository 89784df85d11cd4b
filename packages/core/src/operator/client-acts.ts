import type { Actor } from '../audit/actor.ts';
import { recordedDifference } from '../audit/recorded-state.ts';
import type { Client, PreregisteredClient } from '../client/client.ts';
import type { ActContext } from './act-context.ts';
import { clientState } from './client-state.ts';
import { amend } from './pre-registration/amend.ts';
import { preregister } from './pre-registration/pre-register.ts';
import {
  endOldSecrets,
  rotateSecret,
  type SecretChange,
  type SecretRotation,
} from './pre-registration/secrets.ts';
import type { Amending, Amendment, Preregistering, PreregistrationTerms } from './pre-registration/terms.ts';

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
  const { clients, grants, unstoredClients, clock, record } = context;

  const recordTerms = (
    actor: Actor,
    realm: string,
    type: 'client.preregistered' | 'client.amended',
    before: PreregisteredClient | undefined,
    client: PreregisteredClient,
  ): Promise<void> =>
    record(actor, realm, {
      type,
      clientId: client.id,
      clientName: client.name,
      redirectUris: client.redirectUris,
      access: client.terms.access,
      ...recordedDifference(before && clientState(before), clientState(client)),
    });

  /** Blocks or unblocks a client. Retries after a concurrent change. */
  async function setBlocked(
    realm: string,
    clientId: string,
    blocked: boolean,
  ): Promise<{ readonly change: ClientChange; readonly client?: Client }> {
    const client = await clients.find(realm, clientId);
    if (client === undefined) {
      const stored = blocked ? await storeBlocked(realm, clientId) : undefined;
      return stored === undefined ? { change: 'missing' } : { change: 'changed', client: stored };
    }
    if ((client.blockedAt !== undefined) === blocked) return { change: 'unchanged', client };
    const { blockedAt: _blockedAt, ...unblocked } = client;
    const next = blocked ? { ...client, blockedAt: clock() } : unblocked;
    const outcome = await clients.replace(next, client.version);
    return outcome === 'replaced' ? { change: 'changed', client } : setBlocked(realm, clientId, blocked);
  }

  /** Stores a client that is not stored yet, as blocked. */
  const storeBlocked = async (realm: string, clientId: string): Promise<Client | undefined> =>
    unstoredClients?.storeBlocked(realm, clientId, clock());

  const recordBlocked = (actor: Actor, realm: string, client: Client, blocked: boolean): Promise<void> =>
    record(actor, realm, {
      type: blocked ? 'client.blocked' : 'client.unblocked',
      clientId: client.id,
      clientName: client.name,
      before: { blocked: !blocked },
      after: { blocked },
    });

  const acts: ClientActs = {
    async add(actor, realm, terms) {
      const made = await preregister(context, realm, terms);
      if (made.outcome === 'preregistered') {
        await recordTerms(actor, realm, 'client.preregistered', undefined, made.client);
      }
      return made;
    },
    async change(actor, realm, clientId, amendment) {
      const amended = await amend(context, realm, clientId, amendment);
      if (amended.outcome === 'changed') {
        await recordTerms(actor, realm, 'client.amended', amended.before, amended.client);
      }
      return amended;
    },
    async rotateSecret(actor, realm, clientId) {
      const rotation = await rotateSecret(context, realm, clientId);
      if (rotation.outcome === 'rotated') {
        const { before, client } = rotation;
        await record(actor, realm, {
          type: 'client.secret-rotated',
          clientId,
          clientName: client.name,
          ...recordedDifference(clientState(before), clientState(client)),
        });
      }
      return rotation;
    },
    async endOldSecrets(actor, realm, clientId) {
      const change = await endOldSecrets(context, realm, clientId);
      if (change.outcome === 'changed') {
        const { before, client } = change;
        await record(actor, realm, {
          type: 'client.old-secrets-ended',
          clientId,
          clientName: client.name,
          ...recordedDifference(clientState(before), clientState(client)),
        });
      }
      return change;
    },
    async block(actor, realm, clientId) {
      const { change, client } = await setBlocked(realm, clientId, true);
      if (client === undefined) return change;
      if (change === 'changed') await recordBlocked(actor, realm, client, true);
      // Also if it was blocked before: the first attempt may have been interrupted between the two.
      await grants.endAll(realm, clientId, clock());
      return change;
    },
    async unblock(actor, realm, clientId) {
      const { change, client } = await setBlocked(realm, clientId, false);
      if (change === 'changed' && client !== undefined) await recordBlocked(actor, realm, client, false);
      return change;
    },
    async remove(actor, realm, clientId) {
      const client =
        (await clients.find(realm, clientId)) ??
        (await clients.findExpired(realm, clientId)) ??
        (await storeBlocked(realm, clientId));
      if (client === undefined) return 'missing';
      // It expired or was restored concurrently: find it again.
      if ((await clients.remove(realm, clientId)) !== 'removed') return acts.remove(actor, realm, clientId);
      await record(actor, realm, {
        type: 'client.removed',
        clientId,
        clientName: client.name,
        reason: 'operator',
        ...recordedDifference(clientState(client), undefined),
      });
      await grants.endAll(realm, clientId, clock());
      return 'changed';
    },
  };
  return acts;
}
