import { factsOf } from '../history/history.ts';
import { grouped, type Invariant } from './invariant.ts';

/** The default of `lifetimes.refreshGrace`, in milliseconds. */
const GRACE = 20_000;

/**
 * A refresh token always results in the same successor, and in none once that successor was used and the grace period is
 * over.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2 RFC 9700 §4.14.2}
 */
export const aFamilyHasOneLiveSuccessor: Invariant = {
  name: 'a family has one live successor',
  check: ({ history }) => {
    const refreshed = factsOf(history, 'tokens').filter(({ fact }) => fact.grantType === 'refresh_token');
    const uses = grouped(refreshed, ({ fact }) => `${fact.realm} ${fact.presented}`);
    return [...uses].flatMap(([key, list]) => {
      const successors = new Set(list.map(({ fact }) => fact.refreshToken));
      const [first] = list;
      if (first === undefined) return [];
      const { presented, realm, refreshToken } = first.fact;
      if (successors.size > 1) return [`${presented} has ${successors.size} successors.`];
      const usesOfSuccessor = uses.get(`${realm} ${refreshToken}`) ?? [];
      const usedAt = Math.min(...usesOfSuccessor.map(({ entry }) => entry.ended?.at ?? Infinity));
      return list
        .filter(({ entry }) => entry.began.at > usedAt + GRACE)
        .map(
          ({ entry }) => `${key} was accepted in entry ${entry.number}, long after its successor was used.`,
        );
    });
  },
};
