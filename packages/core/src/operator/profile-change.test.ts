import { expect, test } from 'vitest';
import { profileChange } from './profile-change.ts';

const ADA = { realm: 'main', subject: 'x1', name: 'Ada' };
const STORED = {
  ...ADA,
  username: 'ada',
  passwordHash: '$hash',
  email: 'ada@old.example',
  emailVerified: true,
};

test('a person who signs in elsewhere for the first time is added under the subject, without a password', () => {
  expect(profileChange(undefined, ADA)).toMatchObject({
    change: { kind: 'person.insert', person: { ...ADA, username: 'x1' } },
    event: { type: 'person.added', subject: 'x1', actor: { kind: 'person', id: 'x1' } },
  });
});

test('what is reported replaces what was stored, and an address that is not reported is deleted', () => {
  const changed = profileChange(STORED, { ...ADA, name: 'Ada L.' });
  expect(changed?.change).toEqual({
    kind: 'person.replace',
    person: { ...ADA, name: 'Ada L.', username: 'ada', passwordHash: '$hash' },
    replaced: STORED,
  });
  expect(JSON.stringify(changed?.event)).not.toContain('$hash');
});

test('reported groups replace those of the last sign-in, and those that an operator gave stay', () => {
  const known = { ...STORED, groups: ['editors'], reportedGroups: ['agents', 'staff'] };
  expect(profileChange(known, { ...ADA, reportedGroups: ['agents'] })?.change).toMatchObject({
    person: { groups: ['editors'], reportedGroups: ['agents'] },
  });
  const none = profileChange(known, ADA);
  expect(none?.change).toMatchObject({ person: { groups: ['editors'] } });
  expect(none?.change).not.toHaveProperty('person.reportedGroups');
  expect(none?.event).toMatchObject({ before: { reportedGroups: ['agents', 'staff'] } });
});

test('nothing is stored for a person of whom nothing has changed', () => {
  expect(profileChange(STORED, { ...ADA, email: 'ada@old.example', emailVerified: true })).toBeUndefined();
});
