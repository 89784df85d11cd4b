import { temporaryFolder } from '@vestibule/testing/folder';
import Database from 'better-sqlite3';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createSqliteStores, openDatabase } from '../src/index.ts';

const LOAD = fileURLToPath(new URL('support/load.ts', import.meta.url));
/** Many in the long tests, a few otherwise. */
const ROUNDS = process.env['LONG_TESTS'] === 'true' ? 100 : 10;

const CODE = {
  grantId: 'g',
  clientId: 'c',
  subject: 's',
  redirectUri: 'r',
  refreshable: true,
  codeChallenge: 'x',
  resource: 'y',
  scopes: [],
  authentication: { at: 0, methods: [] },
};

interface Answered {
  readonly clients: Set<string>;
  readonly codes: Set<string>;
  /** The newest token of each family. */
  readonly tokens: Map<string, string>;
}

/** Starts a process that writes, kills it after the given number of responses, and returns the responses. */
async function killedAfter(path: string, count: number): Promise<Answered> {
  const child = spawn(process.execPath, [LOAD, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = once(child, 'exit');
  const answered: Answered = { clients: new Set(), codes: new Set(), tokens: new Map() };
  let lines = 0;
  for await (const line of createInterface(child.stdout)) {
    lines += 1;
    if (lines === count) child.kill('SIGKILL');
    const [kind, what = ''] = line.split(' ');
    if (kind === 'client') answered.clients.add(what);
    if (kind === 'code') answered.codes.add(what);
    const [family = '', token = ''] = what.split('/');
    if (kind === 'token') answered.tokens.set(family, token);
  }
  const [, signal] = await gone;
  expect(signal).toBe('SIGKILL');
  return answered;
}

test(`after each of ${ROUNDS} kills at a random moment, everything that was answered is there`, async () => {
  const folder = temporaryFolder();
  for (let round = 0; round < ROUNDS; round += 1) {
    // Several kills for each file: each process continues with what the previous one left.
    const path = join(folder, `${Math.floor(round / 5)}.db`);
    const { clients, codes, tokens } = await killedAfter(path, 1 + Math.floor(Math.random() * 1_500));
    const check = new Database(path);
    expect(check.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(check.pragma('foreign_key_check')).toEqual([]);
    check.close();

    const database = openDatabase({ path });
    const stores = createSqliteStores(database);
    for (const id of clients) expect(await stores.clients.find('main', id)).toBeDefined();
    const again = await Promise.all([...codes].map((key) => stores.codes.take('main', key, 0)));
    expect(again.filter((code) => code !== undefined)).toEqual([]);
    const places = await Promise.all([...codes].map((key) => stores.codes.put('main', key, CODE, 1)));
    expect(places.filter((place) => place !== 'exists')).toEqual([]);
    for (const token of tokens.values()) {
      expect(await stores.grants.findByRefreshToken('main', token)).toBeDefined();
    }
    await database.close();
  }
}, 600_000);
