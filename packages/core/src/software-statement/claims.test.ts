import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { missingClaim, overruledMembers, withClaims } from './claims.ts';

const claims = { iss: 'https://v.example', client_name: 'V', redirect_uris: ['https://v.example/'] };

test.each<[string, object, object, object]>([
  ['claims over members', { scope: 'a' }, { scope: 'b' }, { scope: 'b' }],
  ['members of the body without a claim', { scope: 'a' }, {}, { scope: 'a' }],
  ['members where the claim is empty', { scope: 'a' }, { scope: '' }, { scope: 'a' }],
  ['members where the claim is null', { scope: 'a' }, { scope: null }, { scope: 'a' }],
  ['no member that says who it is', { client_uri: 'x', 'client_name#fr': 'y', contacts: [] }, {}, {}],
  [
    'no statement within the statement',
    { software_statement: 'a' },
    { software_statement: 'b' },
    { software_statement: 'a' },
  ],
  ['no claim about the statement', {}, { sub: 1, aud: 2, exp: 3, nbf: 4, iat: 5, jti: 6 }, {}],
  ['unknown claims', {}, { unknown: 1 }, { unknown: 1 }],
])(
  cite('takes %s', 'rfc7591:3.1.1:claims-win', 'vestibule:software-statements:nothing-beside'),
  (_, body, more, expected) => {
    const { iss: _iss, ...kept } = claims;
    expect(withClaims(body, { ...claims, ...more })).toEqual({ ...kept, ...expected });
  },
);

test('__proto__ is a name like others', () => {
  const evil: Record<string, unknown> = JSON.parse('{"__proto__":{"scope":"admin"},"client_name":"V"}');
  const judged = withClaims(JSON.parse('{"__proto__":{"scope":"admin"}}'), evil);
  expect(Object.getPrototypeOf(judged)).toBe(Object.prototype);
  expect('scope' in judged).toBe(false);
});

test.each<[object, readonly string[]]>([
  [{ client_name: 'V', redirect_uris: ['https://v.example/'] }, []],
  [{ client_name: 'W' }, ['client_name']],
  [{ redirect_uris: ['https://v.example/', 'x'] }, ['redirect_uris']],
  [{ redirect_uris: 'https://v.example/' }, ['redirect_uris']],
  [{ 'client_name#fr': 'W', 'client_uri#de': '' }, ['client_name#fr']],
  [{ scope: 'a', client_id: 'x', unknown: 1, logo_uri: null }, []],
])('the statement overrules %j: %j', (body, expected) => {
  expect(overruledMembers(body, claims)).toEqual(expected);
});

test.each<[object, string | undefined]>([
  [claims, undefined],
  [{ ...claims, client_name: null }, 'client_name'],
  [{ ...claims, redirect_uris: '' }, 'redirect_uris'],
  [{}, 'client_name'],
  [Object.create(claims), 'client_name'],
])(cite('%j lacks %s', 'vestibule:software-statements:whole'), (some, expected) => {
  expect(missingClaim({ ...some })).toBe(expected);
});
