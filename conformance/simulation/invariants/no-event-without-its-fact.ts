import { eventsOfType } from './evidence.ts';
import type { Invariant } from './invariant.ts';

const key = (realm: string, id: string): string => `${realm} ${id}`;

/** Half of the default of `lifetimes.code`, in milliseconds: a grant without tokens is kept longer. */
const CODE = 30_000;
/** The default of `lifetimes.accessToken`: a grant with a token is kept at least so long. */
const ACCESS_TOKEN = 900_000;

/** Whatever an event says did happen. */
export const noEventWithoutItsFact: Invariant = {
  name: 'no event without its fact',
  check: (evidence) => {
    const { stored, now } = evidence;
    const clients = new Set([...stored.clients, ...stored.expired].map(({ realm, id }) => key(realm, id)));
    const awake = new Set(stored.clients.map(({ realm, id }) => key(realm, id)));
    const removals = eventsOfType(evidence, 'client.removed');
    const removed = new Set(removals.map(({ realm, clientId }) => key(realm, clientId)));
    const restored = new Set(
      eventsOfType(evidence, 'client.restored').map(({ realm, clientId }) => key(realm, clientId)),
    );
    const blocked = new Set(
      eventsOfType(evidence, 'client.blocked').map(({ realm, clientId }) => key(realm, clientId)),
    );
    const kept = new Set(stored.grants.map(({ realm, id }) => key(realm, id)));
    const isEnded = (realm: string, id: string): boolean => stored.ended.get(realm)?.includes(id) === true;
    const isGone = (realm: string, clientId: string): boolean =>
      removed.has(key(realm, clientId)) || blocked.has(key(realm, clientId));
    const hasGrant = (realm: string, grantId: string, clientId: string): boolean =>
      kept.has(key(realm, grantId)) || isEnded(realm, grantId) || isGone(realm, clientId);
    const without = (what: string, id: string): string =>
      `${what} was recorded of ${id}, which is not stored.`;
    return [
      ...eventsOfType(evidence, 'registration.accepted')
        .filter(
          ({ realm, clientId }) => !clients.has(key(realm, clientId)) && !removed.has(key(realm, clientId)),
        )
        .map(({ clientId }) => without('registration.accepted', clientId)),
      ...eventsOfType(evidence, 'consent.approved', 'consent.remembered')
        .filter(({ at, realm, grantId, clientId }) => now < at + CODE && !hasGrant(realm, grantId, clientId))
        .map(({ grantId }) => without('consent.approved', grantId)),
      ...eventsOfType(evidence, 'token.issued')
        .filter(
          ({ at, realm, grantId, clientId, subject }) =>
            now < at + ACCESS_TOKEN &&
            stored.grants.some((grant) => grant.subject === subject) &&
            !hasGrant(realm, grantId, clientId),
        )
        .map(({ grantId }) => without('token.issued', grantId)),
      ...eventsOfType(evidence, 'grant.ended')
        .filter(({ realm, grantId }) => kept.has(key(realm, grantId)))
        .map(({ grantId }) => `grant.ended was recorded of ${grantId}, which has not ended.`),
      ...removals
        .filter(
          ({ realm, clientId }) => awake.has(key(realm, clientId)) && !restored.has(key(realm, clientId)),
        )
        .map(({ clientId }) => `client.removed was recorded of ${clientId}, which is stored.`),
    ];
  },
};
