import { factsOf, type Happened, type TokensIssued } from '../history/history.ts';
import type { Invariant } from './invariant.ts';

/** After the one who ended access was told so, it issues no token, and its tokens are not active. */
export const whatWasEndedStaysEnded: Invariant = {
  name: 'what was ended stays ended',
  check: ({ history }) => {
    const endings = factsOf(history, 'ended');
    const tokens = factsOf(history, 'tokens');
    const codes = factsOf(history, 'code');
    const approvals = factsOf(history, 'approved');

    /** When the approval of a grant was complete. */
    function approvedBy({ realm, grantId }: TokensIssued): number {
      const opened = tokens.find(
        ({ fact }) =>
          fact.grantType === 'authorization_code' && fact.realm === realm && fact.grantId === grantId,
      );
      const tab = codes.find(({ fact }) => fact.code === opened?.fact.presented)?.fact.tab;
      const inTab = approvals.filter(({ fact }) => fact.realm === realm && fact.tab === tab);
      return inTab.length === 0
        ? Infinity
        : Math.max(...inTab.map(({ entry }) => entry.ended?.order ?? Infinity));
    }

    const ends = ({ fact }: Happened<'ended'>, token: TokensIssued): boolean => {
      const { realm, clientId, subject, grantId, tokenId } = fact;
      return (
        realm === token.realm &&
        (clientId ?? token.clientId) === token.clientId &&
        (subject ?? token.subject) === token.subject &&
        (grantId ?? token.grantId) === token.grantId &&
        (tokenId ?? token.tokenId) === token.tokenId
      );
    };

    const endedBefore = (token: TokensIssued, order: number): Happened<'ended'> | undefined =>
      endings.find(
        (ending) =>
          (ending.entry.ended?.order ?? Infinity) < order &&
          ends(ending, token) &&
          (ending.fact.grantId !== undefined ||
            ending.fact.tokenId !== undefined ||
            approvedBy(token) < ending.entry.began.order),
      );

    return [
      ...tokens.flatMap(({ entry, fact }) => {
        const ending = endedBefore(fact, entry.began.order);
        return ending === undefined
          ? []
          : [
              `Entry ${entry.number} issued a token, although entry ${ending.entry.number} had ended its grant.`,
            ];
      }),
      ...factsOf(history, 'introspected').flatMap(({ entry, fact: { token, isActive } }) => {
        const ending = isActive ? endedBefore(token, entry.began.order) : undefined;
        return ending === undefined
          ? []
          : [
              `In entry ${entry.number} a token was active, although entry ${ending.entry.number} had ended it.`,
            ];
      }),
    ];
  },
};
