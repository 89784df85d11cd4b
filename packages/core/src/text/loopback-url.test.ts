import { expect, test } from 'vitest';
import { isLoopbackUrl } from './loopback-url.ts';

test.each([
  ['http://localhost:4000', true],
  ['https://localhost', true],
  ['https://LOCALHOST', true],
  ['https://localhost.:4000', true],
  ['https://vestibule.localhost', true],
  ['http://127.0.0.1:4000/realms/acme', true],
  ['https://127.9.9.9', true],
  ['http://127.1', true],
  ['http://2130706433', true],
  ['http://[::1]:4000', true],
  ['http://[0:0:0:0:0:0:0:1]', true],
  ['https://id.example', false],
  ['https://localhost.example', false],
  ['https://notlocalhost', false],
  ['https://127.0.0.1.example', false],
  ['https://10.0.0.1', false],
  ['http://0.0.0.0', false],
  ['http://[::]', false],
  ['http://localhost@evil.example', false],
  ['mailto:localhost', false],
  ['localhost', false],
  ['', false],
])('%s leads to this computer: %j', (url, expected) => {
  expect(isLoopbackUrl(url)).toBe(expected);
});
