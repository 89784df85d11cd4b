import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readableByOthers } from './readable-by-others.ts';

/** A database and a key file beside it, each with a mode. */
function files(database: number, key: number) {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'a.db');
  for (const [file, mode] of [
    [path, database],
    [`${path}.key`, key],
  ] as const) {
    writeFileSync(file, '');
    chmodSync(file, mode);
  }
  return path;
}

const warningOf = (file: string): string => `other accounts can read ${file}. Run chmod 600 ${file}`;

test.each([
  ['other accounts can read neither', 0o600, 0o600, []],
  ['all accounts can read the database', 0o644, 0o600, ['']],
  ['the group can read the key file', 0o600, 0o640, ['.key']],
  ['all accounts can read both', 0o604, 0o604, ['', '.key']],
  ['others can write and not read', 0o622, 0o600, []],
])('warns about readable files if %s', (_, database, key, said) => {
  const path = files(database, key);
  const config = { database: { kind: 'sqlite', path }, keyEncryption: { from: 'default' } } as const;
  const expected = said.map((suffix) => warningOf(`${path}${suffix}`));
  expect(readableByOthers(config, 'linux')).toEqual(expected);
  expect(readableByOthers(config, 'win32')).toEqual([]);
});

test('checks a configured key file for every kind of database', () => {
  const path = files(0o644, 0o644);
  const keyEncryption = { from: 'file', path } as const;
  const server = { kind: 'postgres', url: 'postgres://localhost/notes' } as const;
  const memory = { kind: 'sqlite', path: ':memory:' } as const;
  for (const database of [server, memory]) {
    expect(readableByOthers({ database, keyEncryption }, 'linux')).toEqual([warningOf(path)]);
  }
});

test('does not warn about files that do not exist', () => {
  const config = {
    database: { kind: 'sqlite', path: '/nowhere/a.db' },
    keyEncryption: { from: 'default' },
  } as const;
  expect(readableByOthers(config, 'linux')).toEqual([]);
});
