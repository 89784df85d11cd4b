import { describe, expect, test } from 'vitest';
import { methodsOf, nameOf, profileOf } from './person.ts';

describe('the name of a person', () => {
  test.each([
    [{ name: 'Ada Lovelace', preferred_username: 'ada' }, 'Ada Lovelace'],
    [{ name: ' ', preferred_username: 'ada' }, 'ada'],
    [{ name: 7, nickname: 'ada' }, 'ada'],
    [{ email: 'ada@login.example' }, 'ada@login.example'],
    [{ given_name: 'Ada', family_name: 'Lovelace' }, 'Ada Lovelace'],
    [{ family_name: 'Lovelace' }, 'Lovelace'],
    [{}, 'ada-1'],
    [{ name: 'Ada\u202eecalevoL\u0000\n Lovelace' }, 'AdaecalevoL Lovelace'],
    [{ name: 'x'.repeat(1_000) }, 'x'.repeat(128)],
    [{ name: `${'x'.repeat(127)}👩‍🚀` }, 'x'.repeat(127)],
  ])('%j is displayed as %j', (claims, name) => {
    expect(nameOf(claims, 'ada-1')).toBe(name);
  });

  test('another claim can be preferred', () => {
    expect(nameOf({ name: 'Ada', upn: 'ada@acme' }, 'ada-1', 'upn')).toBe('ada@acme');
  });
});

test.each([
  [
    { email: 'ada@login.example', email_verified: true },
    { email: 'ada@login.example', emailVerified: true },
  ],
  [
    { email: 'ada@login.example', email_verified: 'true' },
    { email: 'ada@login.example', emailVerified: true },
  ],
  [
    { email: 'ada@login.example', email_verified: 'false' },
    { email: 'ada@login.example', emailVerified: false },
  ],
  [{ email: 'ada@login.example' }, { email: 'ada@login.example', emailVerified: false }],
  [{ email: 'ada' }, {}],
  [{ email: 'ada@login.example\r\nbcc: eve@evil.example' }, {}],
  [{ email: `${'a'.repeat(250)}@b.example` }, {}],
  [{ email: ['ada@login.example'] }, {}],
])('the profile of %j is %j', (claims, profile) => {
  expect(profileOf(claims)).toEqual(profile);
});

test.each([
  [{ amr: ['pwd', 'otp'] }, ['pwd', 'otp']],
  [{ amr: ['urn:x', 7, 'a b', ''] }, ['urn:x']],
  [{ amr: 'pwd' }, []],
  [{}, []],
])('the methods of %j are %j', (claims, methods) => {
  expect(methodsOf(claims)).toEqual(methods);
});
