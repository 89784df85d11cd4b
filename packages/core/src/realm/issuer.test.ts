import { describe, expect, test } from 'vitest';
import { parseRedirectUri } from '../redirect-uri/parse-redirect-uri.ts';
import { isIssuersOwn, isLoopbackIssuer } from './issuer.ts';

test.each([
  ['http://localhost:4000', true],
  ['https://127.0.0.1:4000/realms/acme', true],
  ['https://id.example', false],
])('%s is on a loopback host: %j', (issuer, expected) => {
  expect(isLoopbackIssuer(issuer)).toBe(expected);
});

describe('a redirect URI leads to the authorization server itself', () => {
  test.each([
    ['https://id.example', 'https://id.example/cb', true],
    ['https://id.example', 'https://ID.example:8443/cb', true],
    ['https://id.example:8443/realms/acme', 'https://id.example/cb', true],
    ['https://id.example', 'https://app.example/cb', false],
    ['https://id.example', 'https://sub.id.example/cb', false],
    ['https://id.example', 'http://localhost:9999/cb', false],
    ['https://id.example', 'example.id://id.example/cb', false],
    ['http://localhost:4000', 'http://localhost:4000/cb', true],
    ['http://localhost:4000', 'http://127.0.0.1:4000/cb', true],
    ['http://localhost:4000', 'http://[::1]:4000/cb', true],
    ['http://localhost:4000', 'https://localhost:4000/cb', true],
    ['http://localhost:4000', 'https://notes.localhost:4000/cb', true],
    ['https://id.example.', 'https://id.example/cb', true],
    ['http://127.0.0.1:4000/realms/acme', 'http://localhost:4000/cb', true],
    ['http://localhost', 'http://localhost/cb', true],
    ['http://localhost', 'http://localhost:80/cb', true],
    ['https://localhost', 'https://localhost:443/cb', true],
    ['http://localhost:4000', 'http://localhost:4001/cb', false],
    ['http://localhost:4000', 'http://localhost/cb', false],
    ['http://localhost:4000', 'https://app.example:4000/cb', false],
  ])('%s, %s: %j', (issuer, raw, expected) => {
    const parsed = parseRedirectUri(raw);
    expect(parsed.ok && isIssuersOwn(issuer, parsed.uri)).toBe(expected);
  });
});
