import type { FinishedSignIn } from '@vestibule/server';
import { call } from '../race/call.ts';
import type { OneTimeKind } from './one-time-value.ts';
import { HERE } from './place.ts';
import { LONG, NUL, UNICODE } from './text.ts';
import { MINUTE, NOW } from './time.ts';

const finishedSignIn = (subject = 'ada'): FinishedSignIn => ({
  stateHash: 'hash-of-state',
  person: { subject, name: 'Ada' },
  authentication: { at: NOW - MINUTE, methods: ['pwd', 'otp'] },
});

const named = (name: string): FinishedSignIn => ({ ...finishedSignIn(), person: { subject: 'ada', name } });

export const finishedSignIns: OneTimeKind<FinishedSignIn> = {
  valueOf: finishedSignIn,
  storeOf: (stores) => stores.finishedSignIns,
  take: (realm, key, now) => call('finishedSignIns', 'take', realm, key, now),
  find: (realm, key, now) => call('finishedSignIns', 'find', realm, key, now),
  shelf: {
    noun: 'finishedSignIns',
    make: (place, mark) => ({ place, value: finishedSignIn(mark) }),
    samples: {
      everything: { place: HERE, value: finishedSignIn() },
      'with-profile': {
        place: HERE,
        value: {
          ...finishedSignIn(),
          profile: { email: 'ada@notes.example', emailVerified: true, groups: ['agents', UNICODE] },
        },
      },
      'the-least': { place: HERE, value: { ...finishedSignIn(), authentication: { at: 0, methods: [] } } },
      unicode: { place: HERE, value: named(UNICODE) },
      nul: { place: HERE, value: named(NUL) },
      'long-text': { place: HERE, value: named(LONG) },
    },
    insert: ({ place, value }) => call('finishedSignIns', 'put', place.realm, place.key, value, NOW + MINUTE),
    answers: ['stored', 'exists'],
    find: async (stores, place) => {
      const value = await stores.finishedSignIns.take(place.realm, place.key, 0);
      return value && { place, value };
    },
    insertUntil: ({ realm, key }, expiresAt) =>
      call('finishedSignIns', 'put', realm, key, finishedSignIn(), expiresAt),
  },
};
