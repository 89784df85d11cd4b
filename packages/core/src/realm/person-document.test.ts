import { expect, test } from 'vitest';
import { parsePersonAmendment, parsePersonDocument, parsePersonProfile } from './person-document.ts';

const ADA = { username: 'Ada', name: 'Ada L.' };

test.each<[string, object, string]>([
  ['a username of spaces', { username: '  ' }, 'username: must be at least 1 character'],
  ['a long username', { username: 'a'.repeat(257) }, 'username: must be at most 256 characters'],
  ['a username of two lines', { username: 'a\nb' }, 'username: must not contain line breaks'],
  ['an empty name', { name: '' }, 'name: must be at least 1 character'],
  ['a long name', { name: 'a'.repeat(257) }, 'name: must be at most 256 characters'],
  ['a name that turns the text around', { name: 'Ada \u202e' }, 'name: must not contain line breaks'],
  ['no email address', { email: 'ada' }, 'email: must be written as an e-mail address'],
  [
    'a long email address',
    { email: `${'a'.repeat(250)}@x.example` },
    'email: must be at most 254 characters',
  ],
  ['an empty subject', { subject: '' }, 'subject: must be 1 to 255 visible ASCII characters'],
  ['a long subject', { subject: 's'.repeat(256) }, 'subject: must be 1 to 255 visible ASCII characters'],
  ['a subject with a space', { subject: 'a b' }, 'subject: must be 1 to 255 visible ASCII characters'],
  ['a subject outside ASCII', { subject: 'é' }, 'subject: must be 1 to 255 visible ASCII characters'],
  ['groups that are no list', { groups: 'staff' }, 'groups: must be a list'],
  ['an empty group', { groups: [''] }, 'groups[0]: must be one line of 1 to 256'],
  ['a group of two lines', { groups: ['a', 'a\nb'] }, 'groups[1]: must be one line'],
  ['a long group', { groups: ['a'.repeat(257)] }, 'groups[0]: must be one line'],
  ['too many groups', { groups: Array.from({ length: 201 }, String) }, 'groups: must be at most 200 entries'],
  ['a misspelled member', { emial: 'ada@x.example' }, 'emial: unknown member. Did you mean email?'],
])('refuses a person with %s, and names the member', (_, members, line) => {
  for (const parsed of [
    parsePersonProfile({ ...ADA, ...members }),
    parsePersonDocument({ ...ADA, password: null, ...members }),
  ]) {
    expect(linesOf(parsed)).toEqual([expect.stringContaining(line)]);
  }
});

test.each<[object, boolean]>([
  [{ password: 'right' }, true],
  [{ passwordHash: '$argon2id$' }, true],
  [{ password: null }, true],
  [{}, false],
  [{ password: '' }, false],
  [{ password: null, passwordHash: '$argon2id$' }, false],
  [{ password: 'right', passwordHash: '$argon2id$' }, false],
])('a person with %j is valid: %s', (members, isValid) => {
  expect(parsePersonDocument({ ...ADA, ...members }).ok).toBe(isValid);
});

test.each<[object, readonly string[]]>([
  [{ name: 'Ada' }, []],
  [{ email: 'ada@x.example' }, []],
  [{ email: null }, []],
  [{ name: '' }, ['name: must be at least 1 character']],
  [{ email: 'ada' }, ['email: must be written as an e-mail address']],
  [{ username: 'bob' }, ['username: unknown member.']],
])('amending a person with %j results in the problems %j', (amendment, lines) => {
  expect(linesOf(parsePersonAmendment(amendment))).toEqual(lines);
});

const linesOf = (parsed: ReturnType<typeof parsePersonProfile | typeof parsePersonAmendment>) =>
  parsed.ok ? [] : parsed.problems.map(({ place, problem }) => `${place}: ${problem}`);
