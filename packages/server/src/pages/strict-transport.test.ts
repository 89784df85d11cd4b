import { expect, test } from 'vitest';
import { strictTransport } from './strict-transport.ts';

test.each([
  ['https://id.example', true],
  ['https://id.example:8443/realms/acme', true],
  ['http://localhost:4000', false],
  ['https://localhost:4000', false],
  ['https://vestibule.localhost', false],
  ['https://[::1]', false],
])('browsers are held to https at %s: %j', (issuer, isHeld) => {
  expect('strict-transport-security' in strictTransport(issuer)).toBe(isHeld);
});
