import { factsOf } from '../history/history.ts';
import { eventsOfType } from './evidence.ts';
import type { Invariant } from './invariant.ts';

/** What was answered is there afterwards, whichever process is killed. */
export const nothingAnsweredIsLost: Invariant = {
  name: 'nothing answered is lost',
  check: (evidence) => {
    const { history, stored } = evidence;
    const known = new Set(
      [
        ...stored.clients.map(({ realm, id }) => ({ realm, id })),
        ...stored.expired.map(({ realm, id }) => ({ realm, id })),
        ...eventsOfType(evidence, 'client.removed').map(({ realm, clientId }) => ({ realm, id: clientId })),
        // An interrupted removal lacks its event.
        ...factsOf(history, 'operated').map(({ fact }) => ({ realm: fact.realm, id: fact.clientId ?? '' })),
      ].map(({ realm, id }) => `${realm} ${id}`),
    );
    return [
      ...factsOf(history, 'registered')
        .filter(({ fact: { realm, clientId } }) => !known.has(`${realm} ${clientId}`))
        .map(({ entry, fact }) => `The client ${fact.clientId} of entry ${entry.number} is lost.`),
      ...factsOf(history, 'continued')
        .filter(({ fact: { status } }) => status !== 200)
        .map(
          ({ entry, fact }) => `In entry ${entry.number} a good refresh token was answered ${fact.status}.`,
        ),
    ];
  },
};
