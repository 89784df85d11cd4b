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
