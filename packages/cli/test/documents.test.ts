import { createGuardedFetch } from '@vestibule/cimd/node';
import type { MetadataDocumentClient } from '@vestibule/core';
import { documents } from '@vestibule/client-fixtures';
import type { PartialRealmSettings } from '@vestibule/core/realm';
import { createCertificateAuthority } from '@vestibule/testing/certificates';
import { temporaryFolder } from '@vestibule/testing/folder';
import { type Respond, respondWithJson, startHttpsHost } from '@vestibule/testing/https-host';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { realmWith, REGISTERED } from './support/realm.ts';
import { openCli } from './support/test-cli.ts';

const HOUR = 3_600_000;
const authority = createCertificateAuthority();

/** A host with a document at any path, or with a challenge if it has none, and a fetch that reaches it. */
async function startDocumentHost(members?: object) {
  let url = '';
  const respond: Respond = (socket, request) => {
    const body = { client_id: url, client_name: 'Diary', redirect_uris: [CALLBACK], ...members };
    if (members !== undefined) respondWithJson(body)(socket, request);
    else socket.end('HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\n\r\n');
  };
  const host = await startHttpsHost(authority.issue({ hosts: ['agent.example'] }), respond);
  url = `https://agent.example:${host.port}/client.json`;
  const documentFetch = createGuardedFetch({
    resolver: { resolve: () => Promise.resolve(['127.0.0.1']) },
    ca: authority.cert,
    allow: ['127.0.0.0/8'],
  });
  return { ...host, url, documentFetch };
}

const CALLBACK = 'http://localhost/cb';

type Settings = NonNullable<PartialRealmSettings['metadataDocuments']>;

/** A database whose realm is open to documents, and a host. */
async function meet(members?: object, settings: Settings = {}) {
  const host = await startDocumentHost(members);
  const cli = await openCli([realmWith({ metadataDocuments: { open: true, ...settings } })]);
  const { documentFetch } = host;
  return {
    ...host,
    database: cli.database,
    call: (args: readonly string[], options: object = {}) => cli.call(args, { documentFetch, ...options }),
    json: (args: readonly string[], options: object = {}) => cli.json(args, { documentFetch, ...options }),
    snapshots: async () =>
      (await cli.database.stores.realms.find('main'))?.settings.metadataDocuments?.snapshots ?? [],
    events: async () => (await cli.database.stores.audit.list('main', { limit: 9 })).items,
  };
}

const clientAt = (id: string, members: Partial<MetadataDocumentClient> = {}): MetadataDocumentClient => ({
  kind: 'metadata-document',
  realm: 'main',
  id,
  version: 1,
  name: 'Diary',
  redirectUris: [CALLBACK],
  grantTypes: ['authorization_code'],
  applicationType: 'native',
  issuedAt: REGISTERED,
  document: { uri: id, fetchedAt: REGISTERED, expiresAt: REGISTERED + HOUR, fingerprint: 'f' },
  ...members,
});

const fileWith = (value: unknown): string => {
  const file = join(temporaryFolder(), 'client.json');
  writeFileSync(file, JSON.stringify(value));
  return file;
};

describe('documents check', () => {
  test('prints what each rule did with a document and the client that it would be, and stores nothing', async () => {
    const { call, json, url, database, events, requests } = await meet({
      grant_types: ['authorization_code', 'urn:ietf:params:oauth:grant-type:jwt-bearer'],
    });
    const { code, stdout, stderr } = await call(['documents', 'check', url]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('kept      redirect-uris.count (RFC 7591 §2)');
    expect(stdout).toContain('narrowed  grant-types.supported');
    expect(stdout).toContain('Accepted by the realm main. The client would be:\n{');
    expect(requests).toHaveLength(1);
    expect(await json(['documents', 'check', url])).toMatchObject({
      realm: 'main',
      clientId: url,
      outcome: 'accepted',
      metadata: { client_name: 'Diary', redirect_uris: [CALLBACK] },
    });
    expect((await database.stores.clients.list('main', { limit: 9 })).items).toEqual([]);
    expect(await events()).toEqual([]);
  });

  test.each<[string, object, string]>([
    ['a secret', { client_secret: 's' }, 'document.secret'],
    ['another URL', { client_id: 'https://other.example/c' }, 'document.client-id'],
    ['the name of a vendor', { client_name: 'Claude Code' }, 'client-name.vendor'],
    ['the name of the realm', { client_name: 'Acme' }, 'client-name.own'],
  ])('refuses a document with %s, and exits with 1', async (_, members, rule) => {
    const { call, json, url } = await meet(members);
    const { code, stdout } = await call(['documents', 'check', url]);
    expect(code).toBe(1);
    expect(stdout).toContain(`refused   ${rule}`);
    const link = rule.startsWith('document.') ? '' : `          https://main.example/connect/rules#${rule}\n`;
    expect(stdout.endsWith(`\nRefused by the realm main [${rule}].\n${link}`)).toBe(true);
    expect(await json(['documents', 'check', url])).toMatchObject({ outcome: 'refused' });
  });

  test.each<[string, Settings, string, string]>([
    ['a URL that cannot be a client_id', {}, 'https://agent.example', 'client-id.path'],
    [
      'a document of a refused host',
      { refusedHosts: ['agent.example'] },
      'https://agent.example/c',
      'document.host',
    ],
    ['a document at the issuer', {}, 'https://main.example/c', 'document.host'],
  ])('does not fetch %s', async (_, settings, url, rule) => {
    const { call, connections } = await meet({}, settings);
    const { code, stdout } = await call(['documents', 'check', url]);
    expect({ code, fetched: connections() }).toEqual({ code: 1, fetched: 0 });
    expect(stdout).toContain(`refused   ${rule}`);
  });

  test('says why a document cannot be fetched, and what is used meanwhile', async () => {
    const { call, json, url, database } = await meet();
    const nothing = await call(['documents', 'check', url]);
    expect(nothing).toEqual({
      code: 1,
      stderr: '',
      stdout:
        'Unavailable (status): The status of the response is 403, not 200.\nNothing is stored of it, so its client cannot be used.\n',
    });
    await database.stores.clients.insert(clientAt(url));
    const now = REGISTERED + 2 * HOUR;
    expect((await call(['documents', 'check', url], { now })).stdout).toContain(
      '\nThe copy in the database is used until 2026-11-08 13:00Z.\n',
    );
    expect(await json(['documents', 'check', url], { now })).toMatchObject({
      outcome: 'unavailable',
      reason: 'status',
      copy: { state: 'stale', isPinned: false, usedUntil: '2026-11-08T13:00:00.000Z' },
    });
    const late = { now: REGISTERED + 999 * HOUR };
    expect((await call(['documents', 'check', url], late)).stdout).toContain(
      '\nThe copy in the database is too old: it could be used until 2026-11-08 13:00Z.\n',
    );
    const document = { client_id: url, redirect_uris: [CALLBACK] };
    await call(['documents', 'pin', url, '--file', fileWith(document)]);
    expect((await call(['documents', 'check', url], late)).stdout).toContain(
      '\nIts snapshot is used meanwhile.\n',
    );
  });

  test('says that a snapshot is not used if the realm refuses it meanwhile', async () => {
    const { call, json, url, database } = await meet();
    const document = { client_id: url, client_name: 'Diary', redirect_uris: [CALLBACK] };
    await call(['documents', 'pin', url, '--file', fileWith(document)]);
    await call(['settings', 'set', 'registration.reservedNames', '["Diary"]']);
    const refused = 'Its snapshot is not used: the realm main refuses it [client-name.reserved].';
    expect((await call(['documents', 'check', url])).stdout).toContain(
      `\n${refused}\nNothing else is stored of it, so its client cannot be used.\n`,
    );
    await database.stores.clients.insert(clientAt(url));
    const now = REGISTERED + 2 * HOUR;
    expect((await call(['documents', 'check', url], { now })).stdout).toContain(
      `\n${refused}\nThe copy in the database is used until 2026-11-08 13:00Z.\n`,
    );
    expect(await json(['documents', 'check', url], { now })).toMatchObject({
      copy: { state: 'stale', isPinned: true, snapshotRefused: 'client-name.reserved' },
    });
  });

  test('fetches only from public addresses, as the server does', async () => {
    const { call, port } = await meet({});
    const { code, stdout } = await call(['documents', 'check', `https://127.0.0.1:${port}/c`], {
      documentFetch: undefined,
      env: { FETCH_ALLOW: '127.0.0.0/8' },
    });
    expect(code).toBe(1);
    expect(stdout).toContain("Unavailable (address): The address '127.0.0.1' of the host is in 127.0.0.0/8");
  });

  test('says what stands in the way of an accepted document', async () => {
    const { call, url, database } = await meet({}, { open: false });
    const notes = async () => (await call(['documents', 'check', url])).stderr;
    expect(await notes()).toBe(
      'The realm main is closed to documents. To open it: vestibule gates open documents\n',
    );
    await database.stores.clients.insert(clientAt(url, { blockedAt: REGISTERED }));
    expect(await notes()).toContain(`\n${url} is blocked, so its document is not used.\n`);
    await call(['clients', 'delete', url, '--yes']);
    const ours = ['--id', url, '--name', 'Ours', '--redirect-uri', CALLBACK, '--api', 'notes=notes:read'];
    await call(['clients', 'add', '--auth', 'none', ...ours]);
    expect(await notes()).toContain(`\n${url} is pre-registered, so its document is not used.\n`);
    expect((await call(['documents', 'pin', url])).stderr).toBe(await notes());
  });

  test.each(documents.map((fixture) => [fixture.client, fixture.document] as const))(
    'accepts the document of %s from its own host',
    async (_, document) => {
      const { call } = await meet();
      const fetch = async () =>
        ({
          ok: true,
          status: 'fetched',
          body: document,
          bytes: 100,
          freshness: { noStore: false, noCache: false, mustRevalidate: false },
        }) as const;
      const checked = await call(['documents', 'check', document.client_id], { documentFetch: { fetch } });
      expect(checked).toMatchObject({ code: 0, stderr: '' });
    },
  );
});

describe('documents pin', () => {
  test('fetches a document, stores it in the settings and prints what was stored', async () => {
    const { call, url, snapshots, events } = await meet({ client_name: 'Diary' });
    const { code, stdout } = await call(['documents', 'pin', url], { now: REGISTERED });
    expect(code).toBe(0);
    expect(stdout).toBe(
      `pinned         ${url}\nname           Diary\nredirect URIs  ${CALLBACK}\ntaken          2026-11-01 12:00Z\n`,
    );
    expect(await snapshots()).toEqual([
      {
        document: { client_id: url, client_name: 'Diary', redirect_uris: [CALLBACK] },
        takenAt: REGISTERED,
      },
    ]);
    expect(await events()).toMatchObject([
      { type: 'settings.changed', actor: { kind: 'cli', id: 'ada' }, paths: ['metadataDocuments.snapshots'] },
    ]);
  });

  test('reads a document from a file or standard input, and replaces the snapshot of its URL', async () => {
    const { call, json, url, snapshots, connections } = await meet();
    const document = { client_id: url, client_name: 'Diary', redirect_uris: [CALLBACK] };
    expect((await call(['documents', 'pin', url, '--file', fileWith(document)])).code).toBe(0);
    const input = JSON.stringify({ ...document, client_name: 'Journal' });
    expect(await json(['documents', 'pin', url, '--file', '-'], { input, now: REGISTERED })).toEqual({
      clientId: url,
      change: 'changed',
      takenAt: '2026-11-01T12:00:00.000Z',
      document: { ...document, client_name: 'Journal' },
    });
    expect(await snapshots()).toMatchObject([{ document: { client_name: 'Journal' } }]);
    expect(connections()).toBe(0);
  });

  test('says to pass a copy if the document cannot be fetched', async () => {
    const { call, url, snapshots } = await meet();
    const { code, stdout, stderr } = await call(['documents', 'pin', url]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      'The document cannot be fetched (status): The status of the response is 403, not 200. If you have a copy of it, pass it with --file.\n',
    );
    expect(await snapshots()).toEqual([]);
  });

  test.each<[string, (url: string) => unknown, Settings, RegExp]>([
    [
      'is of another URL',
      (url) => ({ client_id: `${url}?a` }),
      {},
      /its own URL, letter by letter \[document.client-id\]/,
    ],
    [
      'has a secret',
      (url) => ({ client_id: url, client_secret: 'hidden' }),
      {},
      /must not have client_secret/,
    ],
    [
      'is refused by the policy',
      (url) => ({ client_id: url, redirect_uris: [] }),
      {},
      /\[redirect-uris.count\]/,
    ],
    [
      'is of a refused host',
      (url) => ({ client_id: url }),
      { refusedHosts: ['agent.example'] },
      /\[document.host\]/,
    ],
    ['is no object', () => [], {}, /must be a JSON object/],
  ])('stores nothing of a document that %s', async (_, documentAt, settings, problem) => {
    const { call, url, snapshots } = await meet(undefined, settings);
    const { code, stdout, stderr } = await call([
      'documents',
      'pin',
      url,
      '--file',
      fileWith(documentAt(url)),
    ]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(problem);
    expect(stderr).toContain('Nothing was stored.');
    expect(stderr).not.toContain('hidden');
    expect(await snapshots()).toEqual([]);
  });
});

describe('documents unpin', () => {
  test('removes the snapshot of a URL, and says how long its client is used', async () => {
    const { call, json, url, database, snapshots } = await meet({});
    await call(['documents', 'pin', url]);
    expect((await call(['documents', 'unpin', url])).stdout).toBe(`The snapshot of ${url} is removed.\n`);
    expect(await snapshots()).toEqual([]);
    await call(['documents', 'pin', url]);
    const client = clientAt(url);
    await database.stores.clients.insert({ ...client, document: { ...client.document, isSnapshot: true } });
    const now = REGISTERED + HOUR;
    expect(await json(['documents', 'unpin', url], { now })).toEqual({
      clientId: url,
      change: 'changed',
      usedUntil: '2026-11-08T13:00:00.000Z',
    });
    expect(await call(['documents', 'unpin', url])).toEqual({
      code: 1,
      stdout: '',
      stderr: `The realm main has no snapshot of ${url}.\n`,
    });
  });
});

test('documents list prints every known document and snapshot, with the age of the copy', async () => {
  const { call, json, database } = await meet();
  const { stores } = database;
  const at = (name: string): string => `https://${name}.example/client`;
  const copy = (fetchedAt: number, members: object = {}) => ({
    document: { uri: 'unused', fetchedAt, expiresAt: fetchedAt + HOUR, fingerprint: 'f', ...members },
  });
  const now = REGISTERED + 300 * HOUR;
  await stores.clients.insert(clientAt(at('a'), { ...copy(now), lastUsedAt: now - HOUR }));
  await stores.clients.insert(clientAt(at('b'), copy(now - 2 * HOUR)));
  await stores.clients.insert(clientAt(at('c'), copy(REGISTERED)));
  await stores.clients.insert(clientAt(at('d'), copy(now, { isSnapshot: true })));
  await stores.clients.insert(clientAt(at('e'), { ...copy(now), blockedAt: now }));
  const document = { client_id: at('f'), client_name: 'Pinned', redirect_uris: [CALLBACK] };
  await call(['documents', 'pin', at('f'), '--file', fileWith(document)]);
  for (const [id, subject] of [
    ['1', 'ada'],
    ['2', 'ada'],
    ['3', 'grace'],
  ] as const) {
    await stores.grants.insert({
      realm: 'main',
      id,
      clientId: at('a'),
      subject,
      resource: 'https://notes.example/mcp',
      scopes: ['notes:read'],
      createdAt: now,
      expiresAt: now + HOUR,
      authentication: { at: now, methods: [] },
    });
  }
  expect((await call(['documents', 'list'], { now })).stdout).toBe(`\
URL                       name    copy      pinned  fetched            people  last used
https://a.example/client  Diary   fresh     no      2026-11-14 00:00Z  2       2026-11-13 23:00Z
https://b.example/client  Diary   stale     no      2026-11-13 22:00Z  0       never
https://c.example/client  Diary   too-old   no      2026-11-01 12:00Z  0       never
https://d.example/client  Diary   snapshot  no      2026-11-14 00:00Z  0       never
https://e.example/client  Diary   blocked   no      2026-11-14 00:00Z  0       never
https://f.example/client  Pinned  pinned    yes                        0       never

6 documents
`);
  expect(await json(['documents', 'list'], { now })).toMatchObject([
    { clientId: at('a'), host: 'a.example', name: 'Diary', state: 'fresh', people: 2, isPinned: false },
    { state: 'stale', usedUntil: '2026-11-20T23:00:00.000Z' },
    { state: 'too-old' },
    { state: 'snapshot' },
    { state: 'fresh', isBlocked: true },
    { clientId: at('f'), name: 'Pinned', state: 'pinned', isPinned: true, people: 0 },
  ]);
});

test('documents list says if there are none', async () => {
  const { call } = await meet();
  expect((await call(['documents', 'list'])).stdout).toBe('No documents in the realm main.\n');
});

test('apply brings the snapshots of a realm to what the file says, and names an entry that is wrong', async () => {
  const { call, url, snapshots } = await meet();
  const document = { client_id: url, redirect_uris: [CALLBACK] };
  const realmOf = (entries: unknown) =>
    fileWith({
      realm: { id: 'main', name: 'Acme', settings: { metadataDocuments: { snapshots: entries } } },
      scopes: realmWith().scopes,
      apis: realmWith().apis,
    });
  const applied = await call(['apply', realmOf([{ document, takenAt: '2026-11-01T12:00:00Z' }]), '--yes']);
  expect(applied).toMatchObject({ code: 0, stderr: '' });
  expect(await snapshots()).toEqual([{ document, takenAt: REGISTERED }]);
  const wrong = await call([
    'apply',
    realmOf([{ document: { ...document, client_secret: 'hidden' } }]),
    '--yes',
  ]);
  expect(wrong.code).toBe(1);
  expect(wrong.stderr).toContain(
    `metadataDocuments.snapshots[0].document: of '${url}' is not acceptable: the document must not have client_secret`,
  );
  expect(wrong.stderr).not.toContain('hidden');
  expect((await call(['realms', 'show'])).stdout).toContain('metadataDocuments.snapshots');
});
