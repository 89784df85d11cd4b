import { expect, test } from 'vitest';
import { isFetchableUrl } from './fetchable-url.ts';

test.each([
  ['https://keys.example', true],
  ['https://keys.example:8443/jwks?a=b#c', true],
  ['https://10.0.0.7/jwks', true],
  [`https://keys.example/${'a'.repeat(2_027)}`, true],
  [`https://keys.example/${'a'.repeat(2_028)}`, false],
  ['http://keys.example', false],
  ['https://user@keys.example', false],
  ['https://:password@keys.example', false],
  ['https://keys.example./jwks', false],
  ['https://', false],
  ['keys.example', false],
  ['', false],
])('%s can be fetched: %s', (url, isFetchable) => {
  expect(isFetchableUrl(url)).toBe(isFetchable);
});
