import type { PushedRequest } from '@vestibule/server';
import { call } from '../race/call.ts';
import type { OneTimeKind } from './one-time-value.ts';
import { HERE } from './place.ts';
import { LONG, NUL, UNICODE } from './text.ts';
import { MINUTE, NOW } from './time.ts';

const pushedRequest = (clientId = 'notes'): PushedRequest => ({
  clientId,
  query: 'response_type=code&state=af0ifjsldkj&scope=write+read',
});

export const pushedRequests: OneTimeKind<PushedRequest> = {
  valueOf: pushedRequest,
  storeOf: (stores) => stores.pushedRequests,
  take: (realm, key, now) => call('pushedRequests', 'take', realm, key, now),
  find: (realm, key, now) => call('pushedRequests', 'find', realm, key, now),
  shelf: {
    noun: 'pushedRequests',
    make: (place, mark) => ({ place, value: pushedRequest(mark) }),
    samples: {
      everything: { place: HERE, value: { ...pushedRequest(), clientMethod: 'private_key_jwt' } },
      'the-least': { place: HERE, value: pushedRequest() },
      'empty-text': { place: HERE, value: { clientId: '', query: '' } },
      unicode: { place: HERE, value: { ...pushedRequest(UNICODE), query: UNICODE } },
      nul: { place: HERE, value: { ...pushedRequest(), query: NUL } },
      'long-text': { place: HERE, value: { ...pushedRequest(), query: LONG } },
    },
    insert: ({ place, value }) => call('pushedRequests', 'put', place.realm, place.key, value, NOW + MINUTE),
    answers: ['stored', 'exists'],
    find: async (stores, place) => {
      const value = await stores.pushedRequests.take(place.realm, place.key, 0);
      return value && { place, value };
    },
    insertUntil: ({ realm, key }, expiresAt) =>
      call('pushedRequests', 'put', realm, key, pushedRequest(), expiresAt),
  },
};
