import { hash, randomUUID } from 'node:crypto';
import { createMemoryRegistrationStores } from '@vestibule/core/memory';
import { createRegistrar } from '@vestibule/core/registration';
import type { PartialRealmSettings } from '@vestibule/core/realm';

/**
 * What the policy makes of a registration, rule by rule, for an operator: `preview()` stores, counts and records nothing. A request of
 * oidc-provider cannot wait for it in its validator, so this is for a command, a page or a log.
 */
export async function explain(
  issuer: string,
  settings: PartialRealmSettings,
  body: unknown,
): Promise<readonly string[]> {
  const realm = { id: 'main', name: 'Main', issuer, settings, apis: [], scopes: [] };
  const { realms, clients, commit, audit } = createMemoryRegistrationStores(undefined, [realm]);
  const registrar = createRegistrar({
    realms,
    clients,
    commit,
    audit,
    clock: Date.now,
    generateToken: randomUUID,
    hash: (text) => hash('sha256', text, 'base64url'),
  });
  const judged = await registrar.preview(realm.id, body);
  const changes = (judged?.trace ?? []).filter(({ outcome }) => outcome !== 'kept');
  return changes.map(
    (entry) => `${entry.rule}: ${entry.outcome === 'refused' ? entry.description : entry.outcome}`,
  );
}
