import { argon2Sync, generateKeyPairSync, hash, randomBytes, sign, verify } from 'node:crypto';
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** A part of the work of an authorization server. */
export interface Work {
  readonly name: string;
  /** How many of it one call does. */
  readonly batch: number;
  readonly run: () => unknown;
}

const GROUP = 64;

/** What one core and one disk can do at most, without any server. */
export function measuredWork(folder: string): { readonly work: readonly Work[]; readonly close: () => void } {
  const disk = diskWork(folder);
  return { work: [...cryptoWork(), ...parsingWork(), ...disk.work], close: disk.close };
}

function cryptoWork(): readonly Work[] {
  const claims = randomBytes(400);
  const token = randomBytes(32);
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const edwards = generateKeyPairSync('ed25519');
  const signature = sign('sha256', claims, privateKey);
  const parameters = { parallelism: 1, tagLength: 32, memory: 19_456, passes: 2 };
  return [
    one('sign ES256', () => sign('sha256', claims, privateKey)),
    one('sign EdDSA', () => sign(null, claims, edwards.privateKey)),
    one('verify ES256', () => verify('sha256', claims, publicKey, signature)),
    short('hash a token (SHA-256)', () => hash('sha256', token, 'base64url')),
    short('generate a token (32 bytes)', () => randomBytes(32).toString('base64url')),
    one('hash a password (Argon2id, 19 MiB, two passes)', () =>
      argon2Sync('argon2id', { message: 'a password', nonce: token.subarray(0, 16), ...parameters }),
    ),
  ];
}

function parsingWork(): readonly Work[] {
  const text = JSON.stringify(REGISTRATION);
  const form = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: text,
    client_id: 'a',
  }).toString();
  return [
    short('parse a registration', () => JSON.parse(text)),
    short('parse a redirect URI', () => new URL('https://client.example/callback/1')),
    short('parse a token request', () => new URLSearchParams(form).get('client_id')),
  ];
}

function diskWork(folder: string): { readonly work: readonly Work[]; readonly close: () => void } {
  const database = new Database(join(folder, 'limits.db'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('CREATE TABLE clients (id TEXT PRIMARY KEY, document TEXT) WITHOUT ROWID');
  const statement = database.prepare('INSERT INTO clients VALUES (?, ?)');
  const document = JSON.stringify(REGISTRATION);
  const insert = (): void => void statement.run(randomBytes(16).toString('base64url'), document);
  const insertGroup = database.transaction(() => {
    for (let index = 0; index < GROUP; index += 1) insert();
  });
  const file = openSync(join(folder, 'appended'), 'a');
  const page = Buffer.alloc(4_096, 1);
  return {
    work: [
      one('insert, one commit each (SQLite FULL)', insert),
      {
        name: `insert, ${GROUP} in a commit (SQLite FULL)`,
        batch: GROUP,
        run: () => insertGroup.immediate(),
      },
      one('append 4 KiB and wait for the disk', () => {
        writeSync(file, page);
        fdatasyncSync(file);
      }),
    ],
    close: () => {
      database.close();
      closeSync(file);
    },
  };
}

const one = (name: string, run: () => unknown): Work => ({ name, batch: 1, run });

/** Work that takes less time than reading the clock. */
const short = (name: string, run: () => unknown): Work => ({
  name,
  batch: GROUP,
  run: () => {
    for (let index = 0; index < GROUP; index += 1) run();
  },
});

const REGISTRATION = {
  client_name: 'Reader',
  redirect_uris: ['https://client.example/callback/1'],
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
};
