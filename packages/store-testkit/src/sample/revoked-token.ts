import { call } from '../race/call.ts';
import type { ExpiringShelf } from '../shelf/shelf.ts';
import { HERE, type Place } from './place.ts';
import { MINUTE, NOW } from './time.ts';

/** Revoked tokens as a shelf: a record consists of its place. */
export const revokedTokenShelf: ExpiringShelf<Place> = {
  noun: 'revokedTokens',
  make: (place) => place,
  samples: { everything: HERE },
  insert: ({ realm, key }) => call('revokedTokens', 'add', realm, key, NOW + MINUTE),
  answers: ['added', 'known'],
  find: async (stores, place) =>
    (await stores.revokedTokens.has(place.realm, place.key)) ? place : undefined,
  insertUntil: ({ realm, key }, expiresAt) => call('revokedTokens', 'add', realm, key, expiresAt),
};
