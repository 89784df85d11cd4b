import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { responseLocation } from './carry-response.ts';

const issuer = 'https://id.example';

test.each([
  [
    { redirectUri: 'https://app.example/cb', issuer },
    { code: 'c' },
    'https://app.example/cb?code=c&iss=https%3A%2F%2Fid.example',
  ],
  [
    { redirectUri: 'https://app.example/cb?x=1', state: 's', issuer },
    { code: 'c' },
    'https://app.example/cb?x=1&code=c&state=s&iss=https%3A%2F%2Fid.example',
  ],
  [
    { redirectUri: 'http://127.0.0.1:33418', state: 's', issuer },
    { code: 'c' },
    'http://127.0.0.1:33418?code=c&state=s&iss=https%3A%2F%2Fid.example',
  ],
  [
    { redirectUri: 'cursor://a.b/cb', state: 'a b&c=d"<>\n', issuer },
    { code: 'c' },
    'cursor://a.b/cb?code=c&state=a+b%26c%3Dd%22%3C%3E%0A&iss=https%3A%2F%2Fid.example',
  ],
  [
    { redirectUri: 'https://app.example/%7Ecb', issuer },
    { error: 'e', error_description: 'd d' },
    'https://app.example/%7Ecb?error=e&error_description=d+d&iss=https%3A%2F%2Fid.example',
  ],
])(
  cite('%j and %j', 'rfc6749:3.1.2:query-kept', 'rfc9207:2:encoded', 'rfc6749:4.1.2:state'),
  (address, response, location) => {
    expect(responseLocation(address, response)).toBe(location);
  },
);
