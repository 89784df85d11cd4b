import type { Hash } from '../ports/hash.ts';
import type { RealmStore } from '../ports/realm-store.ts';
import type { Api } from '../realm/realm.ts';
import type { OperatorOptions } from './operator-options.ts';

/** A secret that was just made for an API: shown once, kept nowhere. */
export type IssuedApiSecret =
  { readonly outcome: 'issued'; readonly secret: string } | { readonly outcome: 'missing' };

/** How many secrets of an API count at once: the newest, and the one before it until the API has the new one. */
const KEPT = 2;

/** The hash under which an API's secret is kept. Secrets are random and long, so that a fast hash is enough. */
export const apiSecretHash = (hash: Hash, secret: string): Promise<string> => hash(`api-secret:${secret}`);

/**
 * Makes a secret with which an API asks about tokens: `vas_` and 256 random bits, so that a leaked one is recognised for
 * what it is. The one before goes on counting until the next is made.
 */
export async function issueApiSecret(
  { realms, generateToken, hash }: Pick<OperatorOptions, 'realms' | 'generateToken' | 'hash'>,
  realm: string,
  apiId: string,
): Promise<IssuedApiSecret> {
  const secret = `vas_${generateToken()}`;
  const kept = await apiSecretHash(hash, secret);
  const changed = await changeSecrets(realms, realm, apiId, (hashes) => [kept, ...hashes].slice(0, KEPT));
  return changed ? { outcome: 'issued', secret } : { outcome: 'missing' };
}

/** From now on the API cannot ask: none of its secrets counts. */
export const revokeApiSecrets = async (
  { realms }: Pick<OperatorOptions, 'realms'>,
  realm: string,
  apiId: string,
): Promise<'revoked' | 'missing'> =>
  (await changeSecrets(realms, realm, apiId, () => [])) ? 'revoked' : 'missing';

/** Changes the secrets of one API, whatever others change in the realm meanwhile. */
async function changeSecrets(
  realms: RealmStore,
  realmId: string,
  apiId: string,
  change: (hashes: readonly string[]) => readonly string[],
): Promise<boolean> {
  const stored = await realms.find(realmId);
  if (!stored?.apis.some(({ id }) => id === apiId)) return false;
  const { version, ...realm } = stored;
  const changed = (api: Api): Api =>
    api.id === apiId ? { ...api, secretHashes: change(api.secretHashes ?? []) } : api;
  const outcome = await realms.replace({ ...realm, apis: realm.apis.map(changed) }, version);
  return outcome === 'stale' ? changeSecrets(realms, realmId, apiId, change) : outcome === 'replaced';
}
