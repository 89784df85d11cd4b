import type { Actor } from '../audit/actor.ts';
import { differingPaths, recordedDifference } from '../audit/recorded-state.ts';
import { canonicalResource } from '../identifiers/resource.ts';
import type { Hash } from '../ports/hash.ts';
import { type ApiDocument, parseApiDocument } from '../realm/api-document.ts';
import type { Problem } from '../realm/problem.ts';
import type { Api, RealmRecord } from '../realm/realm.ts';
import type { ActContext } from './act-context.ts';

/** A secret that was just created for an API. It is returned once; only its hash is stored. */
export type IssuedApiSecret =
  { readonly outcome: 'issued'; readonly secret: string } | { readonly outcome: 'missing' };

/** What can change about an API. What is left out stays. Tokens are bound to the resource, which never changes. */
export interface ApiAmendment extends Partial<Omit<ApiDocument, 'id' | 'resource' | 'allowedGroups'>> {
  /** `null`: every person of the realm may let apps use it. */
  readonly allowedGroups?: readonly string[] | null;
}

/** The result of a change to the APIs or scopes of a realm. */
export type PartChange =
  | { readonly outcome: 'changed' | 'unchanged' }
  /** Everything that is wrong with it. Nothing was changed. */
  | { readonly outcome: 'refused'; readonly problems: readonly Problem[] }
  /** The realm, or the part of it, does not exist. */
  | { readonly outcome: 'missing' };

/** The APIs of a realm. What is changed takes effect at once, on every node. */
export interface ApiActs {
  /**
   * Adds an API.
   *
   * @param document an API as a seed has it; it is validated
   */
  add(actor: Actor, realm: string, document: unknown): Promise<PartChange>;
  change(actor: Actor, realm: string, apiId: string, amendment: ApiAmendment): Promise<PartChange>;
  /**
   * Removes an API with its secrets: as if its gate were closed, codes and refresh tokens for it are refused. Grants stay
   * stored, and are usable again if an API with the same resource is added before they expire.
   */
  remove(actor: Actor, realm: string, apiId: string): Promise<'removed' | 'missing'>;
  /**
   * Creates a secret with which an API introspects tokens: `vas_` and 256 random bits, so that secret scanners recognize a
   * leaked one. The previous secret stays valid until the next one is created.
   */
  issueSecret(actor: Actor, realm: string, apiId: string): Promise<IssuedApiSecret>;
  /** Revokes all secrets of an API. This takes effect at once, on every node. */
  revokeSecrets(actor: Actor, realm: string, apiId: string): Promise<'revoked' | 'missing'>;
}

/** The number of valid secrets of an API: the newest, and the one before it until the API uses the new one. */
const KEPT = 2;

/** The hash under which the secret of an API is stored. Secrets are random and long, so a fast hash is sufficient. */
export const apiSecretHash = (hash: Hash, secret: string): string => hash(`api-secret:${secret}`);

const MISSING = { outcome: 'missing' } as const;

type ApiContext = Pick<ActContext, 'generateToken' | 'hash' | 'changeRealm'>;

export function apiActs({ generateToken, hash, changeRealm }: ApiContext): ApiActs {
  /** Changes one API, and records how it changed. */
  async function changeApi(
    actor: Actor,
    realm: string,
    apiId: string,
    type: 'api.added' | 'api.changed' | 'api.removed' | 'api-secret.issued' | 'api-secret.revoked',
    change: (current: RealmRecord) => RealmRecord | Exclude<PartChange, { outcome: 'changed' }>,
  ): Promise<PartChange> {
    const changed = await changeRealm({ actor, realm }, change, (...states) => {
      const [before, after] = states.map((state) => apiOf(state, apiId));
      const difference = recordedDifference(before && apiState(before), after && apiState(after));
      return { type, of: apiId, ...difference };
    });
    return changed.outcome === 'changed' ? { outcome: 'changed' } : changed;
  }

  return {
    async add(actor, realm, document) {
      const apiId = idOf(document);
      return changeApi(actor, realm, apiId, 'api.added', (current) => {
        const parsed = parseApiDocument(document, current);
        if (!parsed.ok) return { outcome: 'refused', problems: parsed.problems };
        const problems = duplicates(parsed.value, current.apis);
        if (problems.length > 0) return { outcome: 'refused', problems };
        return { ...current, apis: [...current.apis, parsed.value] };
      });
    },
    change: (actor, realm, apiId, amendment) =>
      changeApi(actor, realm, apiId, 'api.changed', (current) => {
        const api = apiOf(current, apiId);
        if (api === undefined) return MISSING;
        const { secretHashes, ...document } = api;
        const parsed = parseApiDocument(amended(document, amendment), current);
        if (!parsed.ok) return { outcome: 'refused', problems: parsed.problems };
        const next: Api = { ...parsed.value, ...(secretHashes !== undefined && { secretHashes }) };
        return differingPaths(apiState(api), apiState(next)).length === 0
          ? current
          : { ...current, apis: current.apis.map((one) => (one.id === apiId ? next : one)) };
      }),
    async remove(actor, realm, apiId) {
      const { outcome } = await changeApi(actor, realm, apiId, 'api.removed', (current) =>
        apiOf(current, apiId) === undefined
          ? MISSING
          : { ...current, apis: current.apis.filter(({ id }) => id !== apiId) },
      );
      return outcome === 'changed' ? 'removed' : 'missing';
    },
    async issueSecret(actor, realm, apiId) {
      const secret = `vas_${generateToken()}`;
      const kept = apiSecretHash(hash, secret);
      const { outcome } = await changeApi(actor, realm, apiId, 'api-secret.issued', (current) =>
        withSecrets(current, apiId, (hashes) => [kept, ...hashes].slice(0, KEPT)),
      );
      return outcome === 'changed' ? { outcome: 'issued', secret } : { outcome: 'missing' };
    },
    async revokeSecrets(actor, realm, apiId) {
      const { outcome } = await changeApi(actor, realm, apiId, 'api-secret.revoked', (current) =>
        withSecrets(current, apiId, () => []),
      );
      return outcome === 'changed' ? 'revoked' : 'missing';
    },
  };
}

const apiOf = ({ apis }: Pick<RealmRecord, 'apis'>, apiId: string): Api | undefined =>
  apis.find(({ id }) => id === apiId);

function amended(
  { allowedGroups: oldGroups, ...document }: ApiDocument,
  { allowedGroups = oldGroups, ...amendment }: ApiAmendment,
): object {
  const isForSome = allowedGroups !== undefined && allowedGroups !== null;
  return { ...document, ...amendment, ...(isForSome && { allowedGroups }) };
}

const idOf = (document: unknown): string =>
  typeof document === 'object' && document !== null && 'id' in document ? String(document.id) : '';

const duplicates = (api: ApiDocument, apis: readonly Api[]): readonly Problem[] => [
  ...(apis.some(({ id }) => id === api.id) ? [{ place: 'id', problem: 'is the id of another API' }] : []),
  ...(apis.some(({ resource }) => canonicalResource(resource) === canonicalResource(api.resource))
    ? [{ place: 'resource', problem: 'is the resource of another API' }]
    : []),
];

const withSecrets = (
  realm: RealmRecord,
  apiId: string,
  change: (hashes: readonly string[]) => readonly string[],
): RealmRecord | typeof MISSING =>
  apiOf(realm, apiId) === undefined
    ? MISSING
    : {
        ...realm,
        apis: realm.apis.map((api) =>
          api.id === apiId ? { ...api, secretHashes: change(api.secretHashes ?? []) } : api,
        ),
      };

/** What an event says of an API: how many secrets it has, but no hash. */
const apiState = ({ secretHashes = [], id: _id, ...api }: Api): object => ({
  ...api,
  secrets: secretHashes.length,
});
