import type { InitialAccessToken } from '@vestibule/core/registration';
import { call } from '../race/call.ts';
import type { ExpiringShelf } from '../shelf/shelf.ts';
import { HERE, type Place } from './place.ts';
import { LONG, NUL, UNICODE } from './text.ts';
import { MINUTE, NOW } from './time.ts';

/** A token that is found by its hash, which is the key of its place, with an id made from the hash. */
export const initialAccessToken = (
  { realm, key }: Place,
  note = 'For the notes team',
): InitialAccessToken => ({
  realm,
  id: `id-of-${key}`,
  hash: key,
  note,
  createdAt: NOW,
  expiresAt: NOW + 10 * MINUTE,
  maxUses: 3,
  uses: 0,
});

const { note: _note, ...least } = initialAccessToken(HERE);

const full: InitialAccessToken = {
  ...initialAccessToken(HERE),
  maxUses: 1_000_000,
  uses: 2,
  redirectHosts: ['*.notes.example', 'app.example'],
  scopes: ['write', 'read'],
  resources: ['https://z.example/mcp', 'https://a.example/mcp'],
  revokedAt: NOW + MINUTE,
};

export const initialAccessTokenShelf: ExpiringShelf<InitialAccessToken> = {
  noun: 'initialAccessTokens',
  make: initialAccessToken,
  samples: {
    everything: full,
    'the-least': least,
    'empty-lists': { ...least, redirectHosts: [], scopes: [], resources: [] },
    'empty-text': { ...full, note: '' },
    unicode: { ...full, note: UNICODE, redirectHosts: [UNICODE], scopes: [UNICODE], resources: [UNICODE] },
    nul: { ...full, note: NUL },
    'long-text': { ...full, note: LONG, scopes: [LONG, 'read'] },
    'the-first-moment': { ...full, createdAt: 0, expiresAt: 0, maxUses: 0, uses: 0, revokedAt: 0 },
  },
  insert: (record) => call('initialAccessTokens', 'insert', record),
  answers: ['inserted', 'exists'],
  find: (stores, { realm, key }) => stores.initialAccessTokens.findByHash(realm, key),
  insertUntil: (place, expiresAt) =>
    call('initialAccessTokens', 'insert', { ...initialAccessToken(place), expiresAt }),
};
