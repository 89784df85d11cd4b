import type { Actor } from '../audit/actor.ts';
import { differingPaths, recordedDifference } from '../audit/recorded-state.ts';
import type { RealmRecord, Scope } from '../realm/realm.ts';
import { parseScopeDocument } from '../realm/scope-document.ts';
import type { ActContext } from './act-context.ts';
import type { PartChange } from './api-acts.ts';

/** What can change about a scope. What is left out stays. */
export type ScopeAmendment = Partial<Omit<Scope, 'name'>>;

/** The scopes of a realm. What is changed takes effect at once, on every node. */
export interface ScopeActs {
  /**
   * Adds a scope. An API has it once the API names it.
   *
   * @param document a scope as a seed has it; it is validated
   */
  add(actor: Actor, realm: string, document: unknown): Promise<PartChange>;
  change(actor: Actor, realm: string, name: string, amendment: ScopeAmendment): Promise<PartChange>;
  /**
   * Removes a scope from the realm and from every API: as if its gate were closed, no token gets it any more. Grants stay
   * stored with their other scopes.
   */
  remove(actor: Actor, realm: string, name: string): Promise<'removed' | 'missing'>;
}

export function scopeActs({ changeRealm }: Pick<ActContext, 'changeRealm'>): ScopeActs {
  /** Changes one scope, and records how it changed. */
  async function changeScope(
    actor: Actor,
    realm: string,
    name: string,
    type: 'scope.added' | 'scope.changed' | 'scope.removed',
    change: (current: RealmRecord) => RealmRecord | Exclude<PartChange, { outcome: 'changed' }>,
  ): Promise<PartChange> {
    const changed = await changeRealm({ actor, realm }, change, (before, after) => ({
      type,
      of: name,
      ...recordedDifference(stateOf(before, name), stateOf(after, name)),
    }));
    return changed.outcome === 'changed' ? { outcome: 'changed' } : changed;
  }

  return {
    add: (actor, realm, document) =>
      changeScope(actor, realm, nameOf(document), 'scope.added', (current) => {
        const parsed = parseScopeDocument(document);
        if (!parsed.ok) return { outcome: 'refused', problems: parsed.problems };
        if (scopeOf(current, parsed.value.name) !== undefined) {
          const problem = 'is the name of another scope';
          return { outcome: 'refused', problems: [{ place: 'name', problem }] };
        }
        return { ...current, scopes: [...current.scopes, parsed.value] };
      }),
    change: (actor, realm, name, amendment) =>
      changeScope(actor, realm, name, 'scope.changed', (current) => {
        const scope = scopeOf(current, name);
        if (scope === undefined) return { outcome: 'missing' };
        const parsed = parseScopeDocument({ ...scope, ...amendment });
        if (!parsed.ok) return { outcome: 'refused', problems: parsed.problems };
        const next = parsed.value;
        return differingPaths(scope, next).length === 0
          ? current
          : { ...current, scopes: current.scopes.map((one) => (one.name === name ? next : one)) };
      }),
    async remove(actor, realm, name) {
      const { outcome } = await changeScope(actor, realm, name, 'scope.removed', (current) =>
        scopeOf(current, name) === undefined
          ? { outcome: 'missing' }
          : {
              ...current,
              scopes: current.scopes.filter((scope) => scope.name !== name),
              apis: current.apis.map((api) => ({
                ...api,
                scopes: api.scopes.filter((scope) => scope !== name),
              })),
            },
      );
      return outcome === 'changed' ? 'removed' : 'missing';
    },
  };
}

const scopeOf = ({ scopes }: Pick<RealmRecord, 'scopes'>, name: string): Scope | undefined =>
  scopes.find((scope) => scope.name === name);

const nameOf = (document: unknown): string =>
  typeof document === 'object' && document !== null && 'name' in document ? String(document.name) : '';

/** What an event says of a scope, with the APIs that have it. */
function stateOf({ scopes, apis }: RealmRecord, name: string): object | undefined {
  const scope = scopeOf({ scopes }, name);
  if (scope === undefined) return undefined;
  const { description, openToDynamicClients } = scope;
  const having = apis.filter((api) => api.scopes.includes(name)).map(({ id }) => id);
  return { description, openToDynamicClients, apis: having };
}
