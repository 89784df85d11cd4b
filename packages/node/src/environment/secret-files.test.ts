import { temporaryFolder } from '@vestibule/testing/folder';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from './read-config.ts';
import { withSecretFiles } from './secret-files.ts';

const TOKEN = 'sesame-sesame-sesame-sesame-sesame';

function fileWith(text: string): string {
  const file = join(temporaryFolder(), 'secret');
  writeFileSync(file, text);
  return file;
}

test('secrets are read from files, without the line break at their end', () => {
  const env = {
    DATABASE_URL_FILE: fileWith('postgres://vestibule:sesame@db/vestibule\n'),
    OPERATOR_TOKEN_FILE: fileWith(`${TOKEN}\r\n`),
    UPSTREAM_ISSUER: 'https://login.example',
    UPSTREAM_CLIENT_ID: 'vestibule',
    UPSTREAM_CLIENT_SECRET_FILE: fileWith('open'),
  };
  expect(readConfig(env)).toMatchObject({
    database: { kind: 'postgres', url: 'postgres://vestibule:sesame@db/vestibule' },
    operatorToken: TOKEN,
    upstream: { clientSecret: 'open' },
  });
});

test('without files the variables are the same object', () => {
  const env = { OPERATOR_TOKEN: TOKEN, OPERATOR_TOKEN_FILE: '', KEY_ENCRYPTION_KEY_FILE: '/keys' };
  expect(withSecretFiles(env)).toBe(env);
});

test('a value in a file is judged as in the variable, and is not repeated', () => {
  const env = { OPERATOR_TOKEN_FILE: fileWith('sesame') };
  expect(() => readConfig(env)).toThrow(/^OPERATOR_TOKEN=… must be 32 characters or more/);
  expect(() => readConfig(env)).not.toThrow(/sesame/);
});

test.each<[string, () => Readonly<Record<string, string>>, RegExp]>([
  [
    'set twice',
    () => ({ DATABASE_URL: 'sqlite:./sesame.db', DATABASE_URL_FILE: fileWith('sqlite:./sesame.db') }),
    /^DATABASE_URL_FILE=… and DATABASE_URL are both set/,
  ],
  [
    'the secret itself',
    () => ({ OPERATOR_TOKEN_FILE: TOKEN }),
    /^OPERATOR_TOKEN_FILE=… must name a file that this account can read: there is no such file$/,
  ],
  [
    'an empty file',
    () => ({ OPERATOR_TOKEN_FILE: fileWith(' \n') }),
    /^OPERATOR_TOKEN_FILE=… names a file that is empty$/,
  ],
  [
    'a folder',
    () => {
      const folder = join(temporaryFolder(), 'sesame');
      mkdirSync(folder);
      return { OPERATOR_TOKEN_FILE: folder };
    },
    /it is a folder$/,
  ],
  [
    'another, large file',
    () => ({ OPERATOR_TOKEN_FILE: fileWith('sesame'.repeat(20_000)) }),
    /must name a file with the value of OPERATOR_TOKEN alone$/,
  ],
])('a file variable that is %s is refused without repeating it', (_, env, message) => {
  expect(() => readConfig(env())).toThrow(message);
  expect(() => readConfig(env())).not.toThrow(/sesame/);
});

test('every unusable file has a line', () => {
  const env = { OPERATOR_TOKEN_FILE: '/nowhere/a', DATABASE_URL_FILE: '/nowhere/b' };
  expect(() => withSecretFiles(env)).toThrow(/^DATABASE_URL_FILE=.*\nOPERATOR_TOKEN_FILE=.*$/);
});
