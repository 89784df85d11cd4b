import type { OperatorEvent, AuditFacts, KeyEvent, LifecycleEvent } from '../audit/event.ts';
import type { StoredClient } from '../client/stored-client.ts';
import type { RealmSettings } from '../realm/settings.ts';
import { type IssuedApiSecret, issueApiSecret, revokeApiSecrets } from './api-secret.ts';
import { type GateChange, type GateName, setGate } from './change-gates.ts';
import { type KeyReplacement, replaceKeys } from './replace-keys.ts';
import { changeSettings } from './change-settings.ts';
import type { OperatorOptions } from './operator-options.ts';
import { amend } from './pre-registration/amend.ts';
import { preregister } from './pre-registration/pre-register.ts';
import {
  endOldSecrets,
  rotateSecret,
  type SecretChange,
  type SecretRotation,
} from './pre-registration/secrets.ts';
import type { Amending, Amendment, Preregistering, PreregistrationTerms } from './pre-registration/terms.ts';
import { type IssuedToken, issueToken, type TokenTerms } from './issue-tokens.ts';

/** What an operator does to a realm, each act with its audit event. Whoever calls this has asked who the operator is. */
export interface Operator {
  /** Opens or closes one of the three gates, at once. */
  setGate(realm: string, gate: GateName, open: boolean): Promise<GateChange>;
  /** Makes an initial access token and tells it, once. */
  issueToken(realm: string, terms: TokenTerms): Promise<IssuedToken>;
  /** From now on nobody registers with this token. Clients that did stay. */
  revokeToken(realm: string, id: string): Promise<'revoked' | 'missing'>;
  /**
   * Changes a realm's settings, at once.
   *
   * @param paths which of them, for the event: `registration.mode`
   */
  changeSettings(
    realm: string,
    paths: readonly string[],
    change: (current: RealmSettings) => RealmSettings,
  ): Promise<'changed' | 'missing'>;
  /** Lets the keys that a realm has now be replaced, at the next token that is signed. */
  replaceKeys(realm: string, replacement: KeyReplacement): Promise<'changed' | 'missing'>;
  /** Makes a secret with which an API asks about tokens, and tells it, once. */
  issueApiSecret(realm: string, apiId: string): Promise<IssuedApiSecret>;
  /** From now on none of an API's secrets counts. */
  revokeApiSecrets(realm: string, apiId: string): Promise<'revoked' | 'missing'>;
  /** Makes a client. Its secret, where it is to have one, is told once. */
  preregister(realm: string, terms: PreregistrationTerms): Promise<Preregistering>;
  /** Changes what was decided about a client that an operator made. Works at once. */
  amendClient(realm: string, clientId: string, amendment: Amendment): Promise<Amending>;
  /** Gives such a client another secret and tells it, once. The one before stays good beside it. */
  rotateClientSecret(realm: string, clientId: string): Promise<SecretRotation>;
  /** From now on the newest secret of such a client alone is good. */
  endOldClientSecrets(realm: string, clientId: string): Promise<SecretChange>;
  /** Ends what people allowed a client, and lets nobody allow it more. */
  block(realm: string, clientId: string): Promise<ClientChange>;
  /** Lets people allow a client something again. What had ended stays so. */
  unblock(realm: string, clientId: string): Promise<ClientChange>;
  /** Deletes a client, and with it what people allowed it; or what is kept of an expired one, so that nothing restores it. */
  remove(realm: string, clientId: string): Promise<'changed' | 'missing'>;
}

export type ClientChange = 'changed' | 'unchanged' | 'missing';

export function createOperator(options: OperatorOptions): Operator {
  const { realms, clients, grants, initialAccessTokens, audit, clock } = options;

  const record = (
    realm: string,
    event: AuditFacts<OperatorEvent | KeyEvent | LifecycleEvent>,
  ): Promise<void> => audit.record({ ...event, realm, at: clock() });

  /** Marks a client, whatever happens to it meanwhile. */
  async function setBlocked(
    realm: string,
    clientId: string,
    blocked: boolean,
  ): Promise<{ readonly change: ClientChange; readonly client?: StoredClient }> {
    const client = await clients.find(realm, clientId);
    if (client === undefined) return { change: 'missing' };
    if ((client.blockedAt !== undefined) === blocked) return { change: 'unchanged', client };
    const { blockedAt: _blockedAt, ...unblocked } = client;
    const next = blocked ? { ...client, blockedAt: clock() } : unblocked;
    const outcome = await clients.replace(next, client.version);
    return outcome === 'replaced' ? { change: 'changed', client } : setBlocked(realm, clientId, blocked);
  }

  /** Deletes a client, or what is kept of an expired one. */
  async function remove(realm: string, clientId: string): Promise<'changed' | 'missing'> {
    const client = (await clients.find(realm, clientId)) ?? (await clients.findExpired(realm, clientId));
    if (client === undefined) return 'missing';
    // It expired or was restored since: it is looked for again.
    if ((await clients.remove(realm, clientId)) !== 'removed') return remove(realm, clientId);
    await record(realm, { type: 'client.removed', clientId, clientName: client.name, reason: 'operator' });
    await grants.endAll(realm, clientId, clock());
    return 'changed';
  }

  /** Takes down what a client may do that an operator has just made or changed. */
  const recordTerms = (
    realm: string,
    type: 'client.preregistered' | 'client.amended',
    { id: clientId, name: clientName, redirectUris, preregistration }: StoredClient,
  ): Promise<void> =>
    record(realm, { type, clientId, clientName, redirectUris, access: preregistration?.access ?? [] });

  return {
    async setGate(realm, gate, open) {
      const change = await setGate(realms, realm, gate, open);
      if (change === 'changed') {
        await record(realm, { type: open ? 'gate.opened' : 'gate.closed', ...gate });
      }
      return change;
    },
    async issueToken(realm, terms) {
      const issued = await issueToken(options, realm, terms);
      const { id: initialAccessTokenId } = issued.record;
      await record(realm, { type: 'initial-access-token.issued', initialAccessTokenId });
      return issued;
    },
    async revokeToken(realm, id) {
      const outcome = await initialAccessTokens.revoke(realm, id, clock());
      if (outcome === 'revoked') {
        await record(realm, { type: 'initial-access-token.revoked', initialAccessTokenId: id });
      }
      return outcome;
    },
    async changeSettings(realm, paths, change) {
      const outcome = await changeSettings(realms, realm, change);
      if (outcome === 'changed') await record(realm, { type: 'settings.changed', paths });
      return outcome;
    },
    async replaceKeys(realm, replacement) {
      const outcome = await replaceKeys(realms, realm, replacement, clock());
      if (outcome === 'changed') await record(realm, { type: 'keys.replaced', ...replacement });
      return outcome;
    },
    async issueApiSecret(realm, apiId) {
      const issued = await issueApiSecret(options, realm, apiId);
      if (issued.outcome === 'issued') await record(realm, { type: 'api-secret.issued', of: apiId });
      return issued;
    },
    async revokeApiSecrets(realm, apiId) {
      const outcome = await revokeApiSecrets(options, realm, apiId);
      if (outcome === 'revoked') await record(realm, { type: 'api-secret.revoked', of: apiId });
      return outcome;
    },
    async preregister(realm, terms) {
      const made = await preregister(options, realm, terms);
      if (made.outcome === 'preregistered') await recordTerms(realm, 'client.preregistered', made.client);
      return made;
    },
    async amendClient(realm, clientId, amendment) {
      const amended = await amend(options, realm, clientId, amendment);
      if (amended.outcome === 'changed') await recordTerms(realm, 'client.amended', amended.client);
      return amended;
    },
    async rotateClientSecret(realm, clientId) {
      const rotation = await rotateSecret(options, realm, clientId);
      if (rotation.outcome === 'rotated') {
        await record(realm, { type: 'client.secret-rotated', clientId, clientName: rotation.client.name });
      }
      return rotation;
    },
    async endOldClientSecrets(realm, clientId) {
      const change = await endOldSecrets(options, realm, clientId);
      if (change.outcome === 'changed') {
        await record(realm, { type: 'client.old-secrets-ended', clientId, clientName: change.client.name });
      }
      return change;
    },
    async block(realm, clientId) {
      const { change, client } = await setBlocked(realm, clientId, true);
      if (client === undefined) return change;
      if (change === 'changed') {
        await record(realm, { type: 'client.blocked', clientId, clientName: client.name });
      }
      // Also where it was blocked before: the first attempt may have ended between the two.
      await grants.endAll(realm, clientId, clock());
      return change;
    },
    async unblock(realm, clientId) {
      const { change, client } = await setBlocked(realm, clientId, false);
      if (change === 'changed' && client !== undefined) {
        await record(realm, { type: 'client.unblocked', clientId, clientName: client.name });
      }
      return change;
    },
    remove,
  };
}
