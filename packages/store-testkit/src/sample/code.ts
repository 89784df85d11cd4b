import type { AuthorizationCode } from '@vestibule/server';
import { call } from '../race/call.ts';
import type { OneTimeKind } from './one-time-value.ts';
import { HERE } from './place.ts';
import { LONG, NUL, UNICODE } from './text.ts';
import { MINUTE, NOW } from './time.ts';

/** The content of a code. */
const codeValue = (grantId = 'grant'): AuthorizationCode => ({
  grantId,
  redirectUri: 'https://notes.example/callback',
  refreshable: true,
  codeChallenge: 'challenge',
});

const full: AuthorizationCode = {
  ...codeValue(),
  nonce: 'nonce',
  proofKey: 'thumbprint',
};

const least: AuthorizationCode = { ...codeValue(), refreshable: false };

export const codes: OneTimeKind<AuthorizationCode> = {
  valueOf: codeValue,
  storeOf: (stores) => stores.codes,
  take: (realm, key, now) => call('codes', 'take', realm, key, now),
  find: (realm, key, now) => call('codes', 'find', realm, key, now),
  shelf: {
    noun: 'codes',
    make: (place, mark) => ({ place, value: codeValue(mark) }),
    samples: {
      everything: { place: HERE, value: full },
      'the-least': { place: HERE, value: least },
      unicode: { place: HERE, value: { ...codeValue(UNICODE), nonce: UNICODE } },
      nul: { place: HERE, value: { ...codeValue(), nonce: NUL } },
      'long-text': { place: HERE, value: { ...codeValue(), redirectUri: `https://a.example/${LONG}` } },
    },
    insert: ({ place, value }) => call('codes', 'put', place.realm, place.key, value, NOW + MINUTE),
    answers: ['stored', 'exists'],
    find: async (stores, place) => {
      const value = await stores.codes.take(place.realm, place.key, 0);
      return value && { place, value };
    },
    insertUntil: ({ realm, key }, expiresAt) => call('codes', 'put', realm, key, codeValue(), expiresAt),
  },
};
