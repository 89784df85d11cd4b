import { expect, test } from 'vitest';
import { readTarget } from './target.ts';

test.each([
  ['https://agent.example', { origin: 'https://agent.example', path: '/', host: 'agent.example', port: 443 }],
  ['https://agent.example:443/a', { origin: 'https://agent.example', path: '/a', port: 443 }],
  [
    'https://Agent.Example:8443/a?b=c#d',
    { origin: 'https://agent.example:8443', path: '/a?b=c', port: 8_443 },
  ],
  ['https://bücher.example/', { host: 'xn--bcher-kva.example', isAddress: false }],
  ['https://0x7f.1/', { host: '127.0.0.1', isAddress: true }],
  ['https://[::FFFF:127.0.0.1]:1/', { host: '::ffff:7f00:1', isAddress: true, port: 1 }],
  ['https://agent.example/a\r\nb: c', { path: '/ab:%20c' }],
  ['https://agent.example/?a\r\nb: c', { path: '/?ab:%20c' }],
])('reads %j', (url, expected) => {
  expect(readTarget(url)).toMatchObject(expected);
});

test.each([
  ['http://agent.example/', 'The URL does not begin with https.'],
  ['https://a@agent.example/', 'The URL has a user name or a password.'],
  ['https://:b@agent.example/', 'The URL has a user name or a password.'],
  ['https://agent.example./', 'The host of the URL ends with a dot.'],
  ['https://[fe80::1%25eth0]/', 'The URL is malformed.'],
  [`https://agent.example/${'a'.repeat(2_027)}`, 'The URL is longer than 2048 characters.'],
])('refuses %j', (url, problem) => {
  expect(readTarget(url)).toBe(problem);
});

test('accepts a URL of exactly the largest length', () => {
  expect(readTarget(`https://agent.example/${'a'.repeat(2_026)}`)).toMatchObject({ host: 'agent.example' });
});
