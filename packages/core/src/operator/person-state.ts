import { recordedDifference } from '../audit/recorded-state.ts';
import type { KnownPerson } from '../ports/operator-stores.ts';
import type { Act } from './act-context.ts';

/** What an event says of a person: whether they have a password, but not its hash. */
export const personState = ({
  username,
  name,
  email,
  emailVerified,
  groups,
  reportedGroups,
  passwordHash,
}: KnownPerson): object => ({
  username,
  name,
  email,
  emailVerified,
  groups,
  reportedGroups,
  password: passwordHash !== undefined,
});

export const personAdded = (person: KnownPerson): Act['event'] => ({
  type: 'person.added',
  subject: person.subject,
  username: person.username,
  ...recordedDifference(undefined, personState(person)),
});

export const personChanged = (before: KnownPerson, after: KnownPerson): Act['event'] => ({
  type: 'person.changed',
  subject: after.subject,
  username: after.username,
  ...recordedDifference(personState(before), personState(after)),
});
