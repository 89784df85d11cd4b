import type { Actor } from '../audit/actor.ts';
import type { Hash } from '../ports/hash.ts';
import { changeRealm } from '../realm/change-realm.ts';
import type { Api, RealmRecord } from '../realm/realm.ts';
import type { ActContext } from './act-context.ts';

/** A secret that was just created for an API. It is returned once; only its hash is stored. */
export type IssuedApiSecret =
  { readonly outcome: 'issued'; readonly secret: string } | { readonly outcome: 'missing' };

/** The APIs of a realm. */
export interface ApiActs {
  /**
   * Creates a secret with which an API introspects tokens: `vas_` and 256 random bits, so that secret scanners recognize a
   * leaked one. The previous secret stays valid until the next one is created.
   */
  issueSecret(actor: Actor, realm: string, apiId: string): Promise<IssuedApiSecret>;
  /** Revokes all secrets of an API. This takes effect at once, on every node. */
  revokeSecrets(actor: Actor, realm: string, apiId: string): Promise<'revoked' | 'missing'>;
}

/** How many secrets of an API are valid at the same time: the newest, and the one before it until the API has changed over. */
const KEPT = 2;

/** The hash under which the secret of an API is stored. Secrets are random and long, so that a fast hash suffices. */
export const apiSecretHash = (hash: Hash, secret: string): Promise<string> => hash(`api-secret:${secret}`);

type ApiContext = Pick<ActContext, 'realms' | 'generateToken' | 'hash' | 'record'>;

export const apiActs = ({ realms, generateToken, hash, record }: ApiContext): ApiActs => ({
  async issueSecret(actor, realm, apiId) {
    const secret = `vas_${generateToken()}`;
    const kept = await apiSecretHash(hash, secret);
    const change = await changeRealm(realms, realm, (current) =>
      withSecrets(current, apiId, (hashes) => [kept, ...hashes].slice(0, KEPT)),
    );
    if (change.outcome !== 'changed') return { outcome: 'missing' };
    await record(actor, realm, { type: 'api-secret.issued', of: apiId, ...secretCounts(change, apiId) });
    return { outcome: 'issued', secret };
  },
  async revokeSecrets(actor, realm, apiId) {
    const change = await changeRealm(realms, realm, (current) => withSecrets(current, apiId, () => []));
    if (change.outcome !== 'changed') return 'missing';
    await record(actor, realm, { type: 'api-secret.revoked', of: apiId, ...secretCounts(change, apiId) });
    return 'revoked';
  },
});

const withSecrets = (
  realm: RealmRecord,
  apiId: string,
  change: (hashes: readonly string[]) => readonly string[],
): RealmRecord | { readonly outcome: 'missing' } =>
  realm.apis.some(({ id }) => id === apiId)
    ? {
        ...realm,
        apis: realm.apis.map((api) =>
          api.id === apiId ? { ...api, secretHashes: change(api.secretHashes ?? []) } : api,
        ),
      }
    : { outcome: 'missing' };

const secretCounts = (
  { before, after }: { readonly before: RealmRecord; readonly after: RealmRecord },
  apiId: string,
) => ({
  before: { secrets: secretsOf(before.apis, apiId) },
  after: { secrets: secretsOf(after.apis, apiId) },
});

const secretsOf = (apis: readonly Api[], apiId: string): number =>
  apis.find(({ id }) => id === apiId)?.secretHashes?.length ?? 0;
