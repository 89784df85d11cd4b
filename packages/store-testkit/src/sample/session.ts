import type { Session } from '@vestibule/server';
import { call } from '../race/call.ts';
import type { ExpiringShelf } from '../shelf/shelf.ts';
import { HERE, type Place } from './place.ts';
import { LONG, UNICODE } from './text.ts';
import { MINUTE, NOW } from './time.ts';

const session = ({ realm, key }: Place, name = 'Ada'): Session => ({
  realm,
  hash: key,
  person: { subject: 'person-1', name },
  authentication: { at: NOW, methods: ['pwd', 'otp'] },
  expiresAt: NOW + 10 * MINUTE,
});

export const sessionShelf: ExpiringShelf<Session> = {
  noun: 'sessions',
  make: session,
  samples: {
    everything: session(HERE),
    'the-least': { ...session(HERE), authentication: { at: 0, methods: [] } },
    'empty-text': session(HERE, ''),
    unicode: session(HERE, UNICODE),
    'long-text': session(HERE, LONG),
  },
  insert: (record) => call('sessions', 'insert', record),
  answers: ['inserted', 'exists'],
  find: (stores, { realm, key }) => stores.sessions.find(realm, key),
  insertUntil: (place, expiresAt) => call('sessions', 'insert', { ...session(place), expiresAt }),
};
