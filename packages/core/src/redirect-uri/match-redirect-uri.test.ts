import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { matchesRedirectUri } from './match-redirect-uri.ts';

describe(
  cite('accepts', 'vestibule:metadata:redirect-uri-match', 'rfc9700:2.1:exact', 'oauth2.1:8.4.2:port'),
  () => {
    test.each([
      ['https://app.example/cb', 'https://app.example/cb'],
      ['http://localhost:55969/callback', 'http://localhost:55969/callback'],
      ['http://localhost:55969/callback', 'http://localhost:61000/callback'],
      ['http://localhost/callback', 'http://localhost:8090/callback'],
      ['http://localhost:8090/callback', 'http://localhost/callback'],
      ['http://127.0.0.1/', 'http://127.0.0.1:33418'],
      ['http://127.0.0.1/', 'http://127.0.0.1:33418/'],
      ['http://127.0.0.1:33418', 'http://127.0.0.1/'],
      ['http://[::1]/cb', 'http://[::1]:1/cb'],
      ['http://localhost/cb?x=1', 'http://localhost:9/cb?x=1'],
      ['cursor://anysphere.cursor-mcp/oauth/callback', 'cursor://anysphere.cursor-mcp/oauth/callback'],
    ])('%s as %s', (registered, requested) => {
      expect(matchesRedirectUri(registered, requested)).toBe(true);
    });
  },
);

describe(
  cite(
    'refuses',
    'vestibule:metadata:redirect-uri-match',
    'rfc7591:5:only-registered',
    'rfc9700:2.1:exact',
    'oauth2.1:2.3.1:exact',
    'rfc9700:4.1.3:look-alikes',
  ),
  () => {
    test.each([
      ['https://app.example/cb', 'https://app.example/cb/'],
      ['https://app.example/cb', 'https://app.example/cb?x=1'],
      ['https://app.example/cb', 'https://app.example:443/cb'],
      ['https://app.example/cb', 'https://APP.example/cb'],
      ['https://app.example/cb', 'HTTPS://app.example/cb'],
      ['https://app.example', 'https://app.example/'],
      ['https://app.example/cb', 'https://app.example/c%62'],
      ['https://app.example/cb', 'https://app.example/x/../cb'],
      ['https://app.example/cb', 'http://app.example/cb'],
      ['https://localhost/cb', 'https://localhost:8443/cb'],
      ['https://localhost/cb', 'http://localhost/cb'],
      ['http://localhost/cb', 'http://127.0.0.1/cb'],
      ['http://127.0.0.1/cb', 'http://[::1]/cb'],
      ['http://127.0.0.1/cb', 'http://localhost:8090/cb'],
      ['http://localhost/cb', 'http://LOCALHOST/cb'],
      ['http://localhost/cb', 'http://localhost/CB'],
      ['http://localhost/cb', 'http://localhost/cb/'],
      ['http://localhost/cb', 'http://localhost/cb?x=1'],
      ['http://localhost/cb', 'http://localhost/cb#x'],
      ['http://localhost/cb', 'http://localhost:1@evil.example/cb'],
      ['http://localhost/cb', 'http://localhost:99999/cb'],
      ['http://localhost/cb', 'http://localhost.evil.example/cb'],
      ['http://localhost/cb', 'http://localhost\\@evil.example/cb'],
      ['http://localhost/cb', ' http://localhost/cb'],
      ['http://localhost/', 'http://localhost//'],
      ['cursor://host/cb', 'cursor://host:1/cb'],
      ['cursor://host/cb', 'Cursor://host/cb'],
      ['cursor://host', 'cursor://host/'],
      ['https://app.example/cb', ''],
    ])('%s as %s', (registered, requested) => {
      expect(matchesRedirectUri(registered, requested)).toBe(false);
    });
  },
);
