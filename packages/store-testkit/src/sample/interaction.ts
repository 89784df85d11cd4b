import type { Interaction } from '@vestibule/server';
import { call } from '../race/call.ts';
import type { ExpiringShelf } from '../shelf/shelf.ts';
import { HERE, type Place } from './place.ts';
import { LONG, NUL, UNICODE } from './text.ts';
import { MINUTE, NOW } from './time.ts';

const interaction = ({ realm, key }: Place, mark = 'mark'): Interaction => ({
  realm,
  id: key,
  browserHash: `hash-${mark}`,
  request: {
    clientId: 'notes',
    redirectUri: 'https://notes.example/callback',
    resource: 'https://api.example/mcp',
    scopes: [],
    codeChallenge: 'challenge',
  },
  startedAt: NOW,
  expiresAt: NOW + 10 * MINUTE,
});

const least = interaction(HERE);
const full: Interaction = {
  ...least,
  request: {
    ...least.request,
    state: 'af0ifjsldkj',
    scopes: ['write', 'read'],
    nonce: 'n-0S6_WzA2Mj',
    verifyingDocument: 'https://app.notes.example/client.json',
    proofKey: 'thumbprint',
    clientMethod: 'private_key_jwt',
  },
};
const withState = (state: string): Interaction => ({ ...full, request: { ...full.request, state } });

export const interactionShelf: ExpiringShelf<Interaction> = {
  noun: 'interactions',
  make: interaction,
  samples: {
    everything: full,
    'the-least': least,
    'the-first-moment': { ...least, startedAt: 0 },
    'empty-text': withState(''),
    unicode: withState(UNICODE),
    nul: withState(NUL),
    'long-text': {
      ...full,
      request: { ...full.request, state: LONG, redirectUri: `https://a.example/${LONG}` },
    },
  },
  insert: (record) => call('interactions', 'insert', record),
  answers: ['inserted', 'exists'],
  find: (stores, { realm, key }) => stores.interactions.find(realm, key),
  insertUntil: (place, expiresAt) => call('interactions', 'insert', { ...interaction(place), expiresAt }),
};
