import type { GrantStore, Stores } from '@vestibule/server';
import type { StoreCase } from '../../harness/case.ts';

/** The same cases with tokens that have the secret of a family, as a server issues them. */
export const inAFamily = (cases: readonly StoreCase[]): readonly StoreCase[] =>
  cases
    .filter(({ requires }) => requires.length === 0)
    .map(({ id, title, run, requires }) => ({
      id: `${id}.in-a-family`,
      title: `with the secret of a family: ${title}`,
      requires,
      run: (opened) => run({ ...opened, stores: withSecrets(opened.stores) }),
    }));

const withSecrets = (stores: Stores): Stores => ({ ...stores, grants: grantsWithSecrets(stores.grants) });

/** Adds the secret of its family, which is named after the grant, to each token that was issued. */
function grantsWithSecrets(grants: GrantStore): GrantStore {
  const secrets = new Map<string, string>();
  const key = (realm: string, hash: string): string => JSON.stringify([realm, hash]);
  return {
    ...grants,
    async open({ token, ...opening }) {
      if (token === undefined) return grants.open(opening);
      const family = `family-of-${opening.id}`;
      const outcome = await grants.open({ ...opening, token: { ...token, family } });
      if (outcome === 'opened') secrets.set(key(opening.realm, token.hash), family);
      return outcome;
    },
    findByRefreshToken: (realm, hash) =>
      grants.findByRefreshToken(realm, hash, secrets.get(key(realm, hash))),
    async rotate({ presented, successor, ...rotation }) {
      const family = secrets.get(key(rotation.realm, presented.hash));
      // A token that was never issued has no secret.
      if (family === undefined) return grants.rotate({ presented, successor, ...rotation });
      const outcome = await grants.rotate({
        ...rotation,
        presented: { ...presented, family },
        successor: { ...successor, family },
      });
      if (outcome.outcome === 'rotated') secrets.set(key(rotation.realm, successor.hash), family);
      return outcome;
    },
  };
}
