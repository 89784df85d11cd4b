import { factsOf, type TokensIssued } from '../history/history.ts';
import type { Invariant } from './invariant.ts';

/** A code is approved in the browser in which it arrived, and its tokens have no other scopes than those that were approved. */
export const noTokenWithoutAnApproval: Invariant = {
  name: 'no token without an approval of its person in that browser',
  check: ({ history }) => {
    const approved = factsOf(history, 'approved');
    const codes = factsOf(history, 'code');
    if (codes.length === 0) return [];
    const tokens = factsOf(history, 'tokens');
    const tabOf = ({ realm, grantId }: TokensIssued): string | undefined => {
      const opened = tokens.find(
        ({ fact }) =>
          fact.grantType === 'authorization_code' && fact.realm === realm && fact.grantId === grantId,
      );
      return codes.find(({ fact }) => fact.code === opened?.fact.presented)?.fact.tab;
    };
    return [
      ...codes.flatMap(({ entry, fact: { realm, tab, code } }) =>
        approved.some(({ fact }) => fact.realm === realm && fact.tab === tab)
          ? []
          : [`In entry ${entry.number} ${code} arrived in ${tab}, in which nothing was approved.`],
      ),
      ...tokens.flatMap(({ entry, fact: token }) => {
        const tab = tabOf(token);
        const isApproved = approved.some(
          ({ fact }) =>
            fact.realm === token.realm &&
            fact.clientId === token.clientId &&
            fact.subject === token.subject &&
            (tab === undefined || fact.tab === tab) &&
            token.scopes.every((scope) => fact.scopes.includes(scope)),
        );
        return isApproved
          ? []
          : [`Entry ${entry.number} issued ${token.scopes.join(' ')} without an approval of it.`];
      }),
    ];
  },
};
