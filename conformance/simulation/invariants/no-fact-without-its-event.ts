import { factsOf } from '../history/history.ts';
import { eventsOfType } from './evidence.ts';
import type { Invariant } from './invariant.ts';

const key = (realm: string, id: string): string => `${realm} ${id}`;

/** What is stored and what was answered has its event, also if the request or the operator's act was interrupted. */
export const noFactWithoutItsEvent: Invariant = {
  name: 'no fact without its event',
  check: (evidence) => {
    const { stored, history } = evidence;
    const accepted = new Set(
      eventsOfType(evidence, 'registration.accepted').map(({ realm, clientId }) => key(realm, clientId)),
    );
    const issued = new Set(
      eventsOfType(evidence, 'token.issued').map(({ realm, tokenId }) => key(realm, tokenId)),
    );
    const approvals = eventsOfType(evidence, 'consent.approved', 'consent.remembered');
    const approved = new Map(approvals.map((event) => [key(event.realm, event.grantId), event]));
    const endings = new Set(
      eventsOfType(evidence, 'grant.ended').map(({ realm, grantId }) => key(realm, grantId)),
    );
    const clientsEnded = new Set(
      eventsOfType(evidence, 'client.blocked', 'client.removed').map(({ realm, clientId }) =>
        key(realm, clientId),
      ),
    );
    return [
      ...stored.clients
        .filter(({ realm, id, kind }) => kind === 'dynamic' && !accepted.has(key(realm, id)))
        .map(({ id }) => `The client ${id} is stored without its registration.accepted.`),
      ...stored.clients
        .filter(({ realm, id, blockedAt }) => blockedAt !== undefined && !clientsEnded.has(key(realm, id)))
        .map(({ id }) => `The client ${id} is blocked without its client.blocked.`),
      ...factsOf(history, 'tokens')
        .filter(({ fact: { realm, tokenId } }) => !issued.has(key(realm, tokenId)))
        .map(({ entry }) => `Entry ${entry.number} issued a token without its token.issued.`),
      ...stored.grants
        .filter(({ realm, id }) => !approved.has(key(realm, id)))
        .map(({ id }) => `The grant ${id} is stored without its consent.approved.`),
      ...[...stored.ended].flatMap(([realm, ids]) =>
        ids
          .filter((id) => {
            if (endings.has(key(realm, id))) return false;
            const { clientId } = approved.get(key(realm, id)) ?? {};
            return !clientsEnded.has(key(realm, clientId ?? ''));
          })
          .map((id) => `The grant ${id} ended without its grant.ended.`),
      ),
    ];
  },
};
