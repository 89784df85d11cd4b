import { factsOf } from '../history/history.ts';
import type { Invariant } from './invariant.ts';

/** @see {@link https://www.rfc-editor.org/rfc/rfc8707#section-2.2 RFC 8707 §2.2} */
export const noTokenForAnotherAudience: Invariant = {
  name: 'no token is good for another API or realm than the approved one',
  check: ({ history }) => {
    const approved = factsOf(history, 'approved');
    return [
      ...factsOf(history, 'introspected').flatMap(({ entry, fact: { token, realm, resource, isActive } }) =>
        isActive && (token.realm !== realm || token.resource !== resource)
          ? [
              `In entry ${entry.number} a token for ${token.resource} of ${token.realm} was active at ${resource} of ${realm}.`,
            ]
          : [],
      ),
      ...factsOf(history, 'tokens').flatMap(({ entry, fact: { realm, resource, clientId, subject } }) =>
        approved.length > 0 &&
        !approved.some(
          ({ fact }) =>
            fact.realm === realm &&
            fact.resource === resource &&
            fact.clientId === clientId &&
            fact.subject === subject,
        )
          ? [
              `Entry ${entry.number} issued a token for ${resource}, which ${subject} never approved for this client.`,
            ]
          : [],
      ),
    ];
  },
};
