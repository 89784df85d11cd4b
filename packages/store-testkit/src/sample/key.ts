import type { SigningKey } from '@vestibule/server';
import { call } from '../race/call.ts';
import type { Shelf } from '../shelf/shelf.ts';
import { HERE, type Place } from './place.ts';
import { NOW } from './time.ts';

export const signingKey = ({ realm, key }: Place, d = 'private'): SigningKey => ({
  realm,
  kid: key,
  algorithm: 'ES256',
  privateJwk: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', d },
  createdAt: NOW,
});

/** Signing keys, as a shelf: the first key of each realm. */
export const keyShelf: Shelf<SigningKey> = {
  noun: 'keys',
  make: signingKey,
  samples: {
    everything: {
      ...signingKey(HERE),
      privateJwk: { kty: 'EC', d: 'd', key_ops: ['verify', 'sign'], ext: true, x5c: [] },
    },
    'the-least': { ...signingKey(HERE), privateJwk: { kty: 'EC' } },
  },
  insert: (record) => call('keys', 'insert', record, undefined),
  answers: ['inserted', 'stale'],
  find: async (stores, { realm, key }) => (await stores.keys.list(realm)).find(({ kid }) => kid === key),
};
