import { describe, expect, test } from 'vitest';
import { canonicalHostPattern, matchesHost, refusesHost } from './host-pattern.ts';
import { parseRedirectUri } from './parse-redirect-uri.ts';

describe('a redirect URI is refused whose host', () => {
  test.each([
    'https://app.example./cb',
    'https://.app.example/cb',
    'https://a..app.example/cb',
    'https://.../cb',
  ])('has an empty label: %s', (uri) => {
    expect(parseRedirectUri(uri)).toMatchObject({ ok: false, rule: 'redirect-uris.host' });
  });
});

describe('a parameter of the answer is seen', () => {
  test.each([
    'code=x',
    'STATE=x',
    '%63ode=x',
    'st%61te',
    'a=1&iss=x',
    'a=1;code=x',
    'code[]=x',
    'code%5B%5D=x',
  ])('in ?%s', (query) => {
    expect(parseRedirectUri(`https://app.example/cb?${query}`)).toMatchObject({
      ok: false,
      rule: 'redirect-uris.query',
    });
  });

  test.each(['encoded=x', 'a=code', 'mycode=x', 'code2=x'])(
    'a parameter of another name is not one of the response: ?%s',
    (query) => {
      expect(parseRedirectUri(`https://app.example/cb?${query}`).ok).toBe(true);
    },
  );
});

test.each<[string, string, boolean, boolean]>([
  ['evil.example', 'evil.example', true, true],
  ['evil.example', 'evil.example:8443', false, true],
  ['*.evil.example', 'a.evil.example:8443', false, true],
  ['evil.example:8443', 'evil.example', false, false],
  ['evil.example', 'good.example', false, false],
])('%s names %s: %s, and refuses it: %s', (pattern, host, names, refuses) => {
  expect([matchesHost(pattern, host), refusesHost(pattern, host)]).toEqual([names, refuses]);
});

test.each(['app.example.', '.app.example', 'a..example', '*.app.example.'])(
  '%s is no host pattern',
  (pattern) => {
    expect(canonicalHostPattern(pattern)).toBeUndefined();
  },
);
