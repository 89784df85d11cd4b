import { createGuardedFetch } from '@vestibule/cimd/node';
import { describe, expect, test } from 'vitest';
import { readConfig } from './read-config.ts';

describe('an invalid variable is named without repeating the secret in it', () => {
  test.each<[Readonly<Record<string, string>>, RegExp]>([
    [
      { DATABASE_URL: 'postgres://ada:12/sesame@h/d' },
      /^DATABASE_URL=postgres:… must look like .* \/ is written %2F/,
    ],
    [
      { DATABASE_URL: 'postgres://ada:sesame@h' },
      /^DATABASE_URL=postgres:… must name a database behind the host/,
    ],
    [{ DATABASE_URL: 'sqlite:./a.db?key=sesame' }, /^DATABASE_URL=sqlite:…\?… must name only the file/],
    [{ DATABASE_URL: 'sesame' }, /^DATABASE_URL=… must look like sqlite:/],
    [
      { ISSUER: 'https://ada:sesame@id.example' },
      /^ISSUER=https:… must be written without query, fragment or user: https:\/\/id\.example$/,
    ],
    [{ ISSUER: 'http://ada:sesame@id.example' }, /^ISSUER=http:… must begin with https:/],
    [{ OPERATOR_TOKEN: 'sesame' }, /^OPERATOR_TOKEN=… must be 32 characters or more/],
    [{ TRUST_PROXY: 'http://ada:sesame@proxy' }, /^TRUST_PROXY=http:… must be the number/],
    [
      { KEY_ENCRYPTION_KEY_FILE: 'sesame-'.repeat(7).slice(0, 43) },
      /^KEY_ENCRYPTION_KEY_FILE=… must name a file/,
    ],
    [
      { FETCH_ALLOW: '10.0.0.0/8,10.1' },
      /^FETCH_ALLOW=10\.0\.0\.0\/8,10\.1 must be networks, comma-separated/,
    ],
    [{ SEED: '{"people": [{ "password": "sesame" }]}' }, /^SEED=… must name a file/],
  ])('%o', (env, words) => {
    expect(() => readConfig(env)).toThrow(words);
    expect(() => readConfig(env)).not.toThrow(/sesame|\b12\b/);
  });
});

test.each([
  ['is not set', {}, 'debug'],
  ['is empty', { LOG_LEVEL: '' }, 'debug'],
  ['is set', { LOG_LEVEL: 'error' }, 'error'],
])('a default counts unless the variable is set: %s', (_, env, logLevel) => {
  expect(readConfig(env, { LOG_LEVEL: 'debug' })).toMatchObject({ logLevel });
});

test.each([
  ['', []],
  ['10.0.0.0/8', ['10.0.0.0/8']],
  [' 10.0.0.0/8 , fd00::/8,', ['10.0.0.0/8', 'fd00::/8']],
])('FETCH_ALLOW=%s is the list of networks %j', (text, fetchAllow) => {
  expect(readConfig({ FETCH_ALLOW: text })).toMatchObject({ fetchAllow });
});

test.each([
  '10.0.0.1',
  '10/8',
  '10.1/16',
  '012.0.0.0/8',
  '0x0a.0.0.0/8',
  '167772160/8',
  '10.0.0.0/33',
  '10.0.0.0/',
  '10.0.0.0/8/8',
  '10.0.0.0/+8',
  'fd00::/129',
  'fe80::%eth0/10',
  '::ffff:10.0.0.0/104',
  'localhost/8',
  'keys.example',
  '*',
])('FETCH_ALLOW=%s is accepted exactly if a guarded fetch accepts it', (network) => {
  expect(isAccepted(() => readConfig({ FETCH_ALLOW: network }))).toBe(
    isAccepted(() => createGuardedFetch({ allowOperators: [network] })),
  );
});

function isAccepted(action: () => unknown): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}
