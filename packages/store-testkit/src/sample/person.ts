import type { StoredPerson } from '@vestibule/server';
import { call } from '../race/call.ts';
import type { Shelf } from '../shelf/shelf.ts';
import { HERE, type Place } from './place.ts';
import { LONG, UNICODE } from './text.ts';

export const person = (
  { realm, key }: Place,
  name = 'Ada',
): StoredPerson & Required<Pick<StoredPerson, 'passwordHash'>> => ({
  realm,
  subject: `subject-of-${key}`,
  username: key,
  name,
  passwordHash: '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA',
});

/** The same person without a password. */
export function withoutPassword({ passwordHash: _passwordHash, ...others }: StoredPerson): StoredPerson {
  return others;
}

/** People as a shelf, found by their username. */
export const personShelf: Shelf<StoredPerson> = {
  noun: 'people',
  make: person,
  samples: {
    everything: {
      ...person(HERE),
      email: 'ada@notes.example',
      emailVerified: true,
      groups: ['/Acme/Agents', 'CN=Agents, "OU"=Groups', 'z'],
      reportedGroups: ['agents'],
    },
    'given-groups': { ...person(HERE), groups: ['agents'] },
    'reported-groups': { ...person(HERE), reportedGroups: ['agents'] },
    'the-least': person(HERE),
    'without-password': withoutPassword(person(HERE)),
    'unverified-email': { ...person(HERE), email: 'ada@notes.example', emailVerified: false },
    'unasked-email': { ...person(HERE), email: 'ada@notes.example' },
    'empty-text': { ...person(HERE, ''), email: '' },
    unicode: { ...person(HERE, UNICODE), email: UNICODE, groups: [UNICODE], reportedGroups: [UNICODE] },
    'long-text': { ...person(HERE, LONG), passwordHash: LONG },
  },
  insert: (record) => call('people', 'insert', record),
  answers: ['inserted', 'exists'],
  find: (stores, { realm, key }) => stores.people.findByUsername(realm, key),
};
