import { documents } from '@vestibule/client-fixtures';
import { describe, expect, test } from 'vitest';
import { CALLBACK, clientAt, fileWith, HOUR, meet, type Settings } from './support/document-host.ts';
import { REGISTERED } from './support/realm.ts';

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
    const link = `          https://main.example/connect/rules#${rule}\n`;
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
