import type { AuthorizationCode } from '@vestibule/server';
import { call } from '../race/call.ts';
import type { ExpiringShelf } from '../shelf/shelf.ts';
import { HERE, type Place } from './place.ts';
import { LONG, NUL, UNICODE } from './text.ts';
import { MINUTE, NOW } from './time.ts';

/** A code with the key that it is kept under. */
interface CodeRecord {
  readonly place: Place;
  readonly value: AuthorizationCode;
}

/** What a code stands for. */
export const codeValue = (subject = 'ada'): AuthorizationCode => ({
  grantId: 'grant',
  clientId: 'notes',
  subject,
  redirectUri: 'https://notes.example/callback',
  redirectUriGiven: true,
  codeChallenge: 'challenge',
  resource: 'https://api.example/mcp',
  scopes: ['write', 'read'],
  authentication: { at: NOW - MINUTE, methods: ['pwd', 'otp'] },
});

/** Codes, as a shelf from which a record can be taken only once. */
export const codeShelf: ExpiringShelf<CodeRecord> = {
  noun: 'codes',
  make: (place, mark) => ({ place, value: codeValue(mark) }),
  samples: {
    everything: {
      place: HERE,
      value: { ...codeValue(), endsAt: NOW + MINUTE, nonce: 'nonce', proofKey: 'thumbprint' },
    },
    'the-least': {
      place: HERE,
      value: {
        ...codeValue(),
        redirectUriGiven: false,
        scopes: [],
        authentication: { at: 0, methods: [] },
      },
    },
    unicode: { place: HERE, value: { ...codeValue(UNICODE), scopes: [UNICODE], nonce: UNICODE } },
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
};
