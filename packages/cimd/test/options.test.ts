import { expect, test } from 'vitest';
import { createGuardedFetch } from '../src/node/index.ts';

test.each<[string, object, string]>([
  ['an unknown option', { timeout: 5 }, 'unknown option "timeout".'],
  ['a misspelt option', { alow: [] }, 'unknown option "alow". Did you mean "allow"?'],
  ['a resolver without its method', { resolver: {} }, '"resolver" must be an object with resolve().'],
  ['a network that is an address', { allow: ['10.0.0.1'] }, '"allow" must list networks'],
  [
    'an operators’ network that is an address',
    { allowOperators: ['10.0.0.1'] },
    '"allowOperators" must list',
  ],
  ['a network with a length that is too large', { deny: ['10.0.0.0/33'] }, '"deny" must list networks'],
  ['a network in a short form', { allow: ['10/8'] }, '"10/8" is not one'],
  ['a network of octal numbers', { allow: ['012.0.0.0/8'] }, '"012.0.0.0/8" is not one'],
  ['a network with a zone', { allow: ['fe80::%eth0/10'] }, '"fe80::%eth0/10" is not one'],
  ['a network that is a name', { allow: ['localhost/8'] }, '"localhost/8" is not one'],
  ['a network that is no text', { allow: [10] }, '10 is not one'],
  ['a timeout of nothing', { totalTimeout: 0 }, '"totalTimeout" must be more than 0 and at most 60 seconds.'],
  ['a timeout without an end', { headersTimeout: Infinity }, '"headersTimeout" must be more than 0'],
  ['a timeout of an hour', { connectTimeout: 3_600 }, '"connectTimeout" must be more than 0'],
  ['a head without a limit', { maxHeaderBytes: Infinity }, '"maxHeaderBytes" must be a whole number'],
  ['a head of nothing', { maxHeaderBytes: 0 }, '"maxHeaderBytes" must be a whole number'],
  ['a user agent of two lines', { userAgent: 'a\r\nb: c' }, '"userAgent" must be 1 to 256 printable'],
  ['an empty user agent', { userAgent: '' }, '"userAgent" must be 1 to 256 printable'],
  ['a certificate that is not one', { ca: '/etc/ca.pem' }, '"ca" must be a certificate in PEM format'],
])('an error names %s', (_, options, message) => {
  expect(() => createGuardedFetch(options)).toThrow(/^createGuardedFetch: /);
  expect(() => createGuardedFetch(options)).toThrow(message);
});
