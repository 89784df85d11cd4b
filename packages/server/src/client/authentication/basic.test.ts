import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { basicCredentials } from './basic.ts';

const basic = (pair: string, scheme = 'Basic'): string =>
  `${scheme} ${Buffer.from(pair, 'utf8').toString('base64')}`;

test.each([
  ['plain', basic('acme:secret'), 'acme', 'secret'],
  ['unless it no longer applies', basic('acme:secret', 'bASIC'), 'acme', 'secret'],
  ['unless it did not apply then', `${basic('acme:secret', 'Basic  ')}  `, 'acme', 'secret'],
  ['unless another one applies now', basic('acme:a:b'), 'acme', 'a:b'],
  ['an encoded colon in the id', basic('acme%3Amail:s'), 'acme:mail', 's'],
  ['a plus for a space', basic('acme:a+b%2Bc'), 'acme', 'a b+c'],
  ['encoded UTF-8', basic('acme:p%C3%A4ss'), 'acme', 'päss'],
  ['raw UTF-8', basic('acme:päss'), 'acme', 'päss'],
  ['no secret', basic('acme:'), 'acme', ''],
])(cite('reads credentials: %s', 'rfc6749:2.3.1:basic'), (_, header, id, secret) => {
  expect(basicCredentials(header)).toEqual({ id, secret });
});

test.each([
  ['nothing', ''],
  ['the scheme alone', 'Basic'],
  ['another scheme', basic('acme:secret', 'Bearer')],
  ['no colon', basic('acme')],
  ['no id', basic(':secret')],
  ['a broken escape', basic('acme:%zz')],
  ['escapes that are no UTF-8', basic('acme:%ff')],
  ['bytes that are no UTF-8', `Basic ${Buffer.from([0x61, 0x3a, 0xff]).toString('base64')}`],
  ['what is no base64', 'Basic a:b'],
  ['base64url', `Basic ${Buffer.from('acme:~~?>').toString('base64url')}-_`],
  ['two of them', `${basic('a:b')}, ${basic('c:d')}`],
])('reads none from %s', (_, header) => {
  expect(basicCredentials(header)).toBeUndefined();
});
