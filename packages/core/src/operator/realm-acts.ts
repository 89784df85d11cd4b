import type { Actor } from '../audit/actor.ts';
import { recordedDifference } from '../audit/recorded-state.ts';
import type { Problem } from '../realm/problem.ts';
import { parseRealmDocument } from '../realm/realm-document.ts';
import type { ActContext } from './act-context.ts';
import type { PartChange } from './api-acts.ts';
import { realmAdded } from './realm-creation.ts';

/** A realm to add: without APIs, scopes and people, and with every gate closed. */
export interface NewRealmTerms {
  readonly id: string;
  readonly name: string;
  /** The issuer identifier. It never changes: clients and tokens are bound to it. */
  readonly issuer: string;
}

/** The result of adding a realm. */
export type AddedRealm =
  | { readonly outcome: 'added' }
  | { readonly outcome: 'refused'; readonly problems: readonly Problem[] }
  /** A realm has this id or this issuer. */
  | { readonly outcome: 'exists' };

/** The realms of a server. None is ever removed: its issuer may not be reused, since clients and tokens are bound to it. */
export interface RealmActs {
  /** Adds a realm. Servers on the same database serve it without a restart. */
  add(actor: Actor, terms: NewRealmTerms): Promise<AddedRealm>;
  /** Changes the name that people see. */
  rename(actor: Actor, realm: string, name: string): Promise<PartChange>;
}

export const realmActs = ({
  carryOut,
  changeRealm,
}: Pick<ActContext, 'carryOut' | 'changeRealm'>): RealmActs => ({
  async add(actor, { id, name, issuer }) {
    const parsed = parseRealmDocument({ realm: { id, name, issuer } }, issuer);
    if (!parsed.ok) return { outcome: 'refused', problems: parsed.problems };
    const { realm } = parsed.value;
    const added = { ...realm, apis: [], scopes: [] };
    const { committed } = await carryOut({
      actor,
      realm: id,
      changes: [{ kind: 'realm.insert', realm: added }],
      event: realmAdded(added),
    });
    return { outcome: committed ? 'added' : 'exists' };
  },
  async rename(actor, realmId, name) {
    const changed = await changeRealm(
      { actor, realm: realmId },
      (current) => {
        if (current.name === name) return current;
        const { id, issuer } = current;
        const parsed = parseRealmDocument({ realm: { id, name, issuer } }, issuer);
        return parsed.ok
          ? { ...current, name }
          : ({ outcome: 'refused', problems: parsed.problems } as const);
      },
      (before) => ({ type: 'realm.changed', ...recordedDifference({ name: before.name }, { name }) }),
    );
    return changed.outcome === 'changed' ? { outcome: 'changed' } : changed;
  },
});
