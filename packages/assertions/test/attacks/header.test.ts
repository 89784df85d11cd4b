import { expect, test } from 'vitest';
import { type Attack, problemOf, withHeader } from '../support/attack.ts';

test.each<Attack>([
  ['a kid that is a number', withHeader({ kid: 0 })],
  ['a kid that is null', withHeader({ kid: null })],
  ['a kid that is an object', withHeader({ kid: { toString: 'k' } })],
])('a kid that is no text is invalid: %s', async (_, make) => {
  expect(await problemOf(await make(), 'invalid')).toMatch(/^has a kid that is not a string/);
});

test.each<Attack>([
  ['an extension', withHeader({ crit: ['exp'], exp: 1 })],
  ['no extension', withHeader({ crit: [] })],
  ['crit that is no list', withHeader({ crit: null })],
  ['an unencoded payload, said as it should be', withHeader({ crit: ['b64'], b64: false })],
  ['an encoded payload, said as it need not be', withHeader({ crit: ['b64'], b64: true })],
])('a header that is critical is invalid: %s', async (_, make) => {
  expect(await problemOf(await make(), 'invalid')).toMatch(/^has a crit header/);
});

test.each<Attack>([
  ['an unencoded payload', withHeader({ b64: false })],
  ['a payload encoded who knows how', withHeader({ b64: 'false' })],
])('is invalid with %s', async (_, make) => {
  expect(await problemOf(await make(), 'invalid')).toMatch(/^has a b64 header/);
});

test.each<Attack>([
  ...[
    'at+jwt',
    'application/at+jwt',
    'AT+JWT',
    'logout+jwt',
    'secevent+jwt',
    'dpop+jwt',
    'JWS',
    'JOSE',
    '',
    'jwt ',
  ].map((typ): Attack => [`a JWT of the type ${JSON.stringify(typ)}`, withHeader({ typ })]),
  ['a type that is a list', withHeader({ typ: ['JWT'] })],
  ['a type that is null', withHeader({ typ: null })],
])('something else than a statement is invalid: %s', async (_, make) => {
  expect(await problemOf(await make(), 'invalid')).toMatch(/^has a typ of some other kind/);
});
