import type { PrivateKey, SigningKey } from '@vestibule/server';
import { call } from '../race/call.ts';
import type { Shelf } from '../shelf/shelf.ts';
import { HERE, type Place } from './place.ts';
import { NOW } from './time.ts';

export const signingKey = ({ realm, key }: Place, d = 'private'): SigningKey => ({
  realm,
  kid: key,
  algorithm: 'ES256',
  publicJwk: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' },
  privateKey: { kind: 'plain', jwk: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', d } },
  createdAt: NOW,
  signsFrom: NOW + 1,
});

export const ENCRYPTED: PrivateKey = {
  kind: 'encrypted',
  jwe: 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..aXY.Y2lwaGVydGV4dA.dGFn',
};

/** Signing keys as a shelf: the first key of each realm. */
export const keyShelf: Shelf<SigningKey> = {
  noun: 'keys',
  make: signingKey,
  samples: {
    everything: {
      ...signingKey(HERE),
      algorithm: 'RS256',
      publicJwk: { kty: 'RSA', n: 'n', e: 'AQAB', key_ops: ['verify'], ext: true, x5c: [] },
      privateKey: { kind: 'plain', jwk: { kty: 'RSA', d: 'd', key_ops: ['verify', 'sign'], ext: true } },
    },
    encrypted: { ...signingKey(HERE), privateKey: ENCRYPTED },
    'the-least': {
      ...signingKey(HERE),
      publicJwk: { kty: 'EC' },
      privateKey: { kind: 'plain', jwk: { kty: 'EC' } },
    },
    'the-first-moment': { ...signingKey(HERE), createdAt: 0, signsFrom: 0 },
  },
  insert: (record) => call('keys', 'insert', record, undefined),
  answers: ['inserted', 'stale'],
  find: async (stores, { realm, key }) => (await stores.keys.list(realm)).find(({ kid }) => kid === key),
};
