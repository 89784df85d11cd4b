import { describe, expect, test } from 'vitest';
import { CALLBACK, clientAt, fileWith, HOUR, meet, type Settings } from './support/document-host.ts';
import { realmWith, REGISTERED } from './support/realm.ts';

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
