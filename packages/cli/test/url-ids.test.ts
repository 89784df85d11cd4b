import type { MetadataDocumentClient } from '@vestibule/core';
import { temporaryFolder } from '@vestibule/testing/folder';
import { startPostgres, type TestPostgres } from '@vestibule/testing/postgres';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { realmWith, REGISTERED } from './support/realm.ts';
import { openCli, type TestCli } from './support/test-cli.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

const URL_ID = "https://app.example/oauth/client's%20%22own%22.json?a=b&c=d";
const RESOURCE = 'https://notes.example/mcp';

const described: MetadataDocumentClient = {
  kind: 'metadata-document',
  realm: 'main',
  id: URL_ID,
  version: 1,
  name: 'Described',
  redirectUris: ['http://localhost/cb'],
  grantTypes: ['authorization_code'],
  applicationType: 'native',
  issuedAt: REGISTERED,
  lastUsedAt: REGISTERED,
  document: { uri: URL_ID, fetchedAt: REGISTERED, expiresAt: REGISTERED + 300_000, fingerprint: 'f' },
};

/** A client with a document in the store, to which Ada gave access. */
async function meetDescribed({ database: { stores } }: TestCli): Promise<void> {
  await stores.clients.insert(described);
  await stores.grants.insert({
    realm: 'main',
    id: 'grant',
    clientId: URL_ID,
    subject: 'ada',
    resource: RESOURCE,
    scopes: ['notes:read'],
    createdAt: Date.now(),
    expiresAt: Date.now() + 60_000,
    authentication: { at: Date.now(), methods: [] },
  });
}

const hasGrant = async ({ database: { stores } }: TestCli): Promise<boolean> =>
  (await stores.grants.listOfClient('main', URL_ID, Date.now(), { limit: 5 })).items.length > 0;

const DOCUMENT = {
  realm: { id: 'main', name: 'Acme' },
  scopes: realmWith().scopes,
  apis: realmWith().apis,
  clients: [
    {
      id: URL_ID,
      name: 'Ours',
      redirectUris: ['https://ours.example/cb'],
      authentication: { method: 'none' },
      access: [{ resource: RESOURCE, scopes: ['notes:read'] }],
    },
  ],
};

const ADD = ['clients', 'add', '--id', URL_ID, '--name', 'Ours', '--redirect-uri', 'https://ours.example/cb'];
const PUBLIC = [...ADD, '--auth', 'none', '--api', 'notes=notes:read'];

describe.each([
  ['SQLite', async () => openCli()],
  ['PostgreSQL', async () => openCli([realmWith()], await postgres.createDatabase())],
])('on %s', (_, open) => {
  test('clients add with a URL replaces the client that its document described, and ends its grants', async () => {
    const cli = await open();
    await meetDescribed(cli);
    expect(await hasGrant(cli)).toBe(true);
    const { code, stdout, stderr } = await cli.call(PUBLIC);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `client_id  ${URL_ID}\n` });
    expect(stderr).toBe(
      'It replaced the client that the document at this URL described. The grants of that client have ended.\n',
    );
    expect(await hasGrant(cli)).toBe(false);
    expect(await cli.json(['clients', 'show', URL_ID])).toMatchObject({
      kind: 'pre-registered',
      id: URL_ID,
      name: 'Ours',
      version: 2,
    });
    expect(await cli.json(['events'])).toMatchObject([
      { type: 'client.preregistered', clientId: URL_ID, replacedDocument: true },
    ]);
    expect((await cli.call(PUBLIC)).stderr).toContain('is the client_id of another client');
  });

  test('a client whose id is a URL is changed, blocked, unblocked, listed and deleted like others', async () => {
    const cli = await open();
    expect(await cli.json(PUBLIC)).not.toHaveProperty('replacedDocument');
    expect(await cli.json(['clients', 'change', URL_ID, '--name', 'Still Ours'])).toMatchObject({
      name: 'Still Ours',
    });
    expect(await cli.json(['clients', 'block', URL_ID])).toMatchObject({ change: 'changed' });
    expect(await cli.json(['clients', 'unblock', URL_ID])).toMatchObject({ change: 'changed' });
    expect(await cli.json(['clients', 'list'])).toMatchObject([{ id: URL_ID, kind: 'pre-registered' }]);
    expect(await cli.json(['grants', 'list', '--client', URL_ID])).toEqual([]);
    expect((await cli.call(['clients', 'delete', URL_ID, '--yes'])).stdout).toContain(URL_ID);
    expect(await cli.database.stores.clients.find('main', URL_ID)).toBeUndefined();
  });

  test('apply with a client at a URL replaces the client that its document described', async () => {
    const cli = await open();
    await meetDescribed(cli);
    const file = join(temporaryFolder(), 'realm.json');
    writeFileSync(file, JSON.stringify(DOCUMENT));
    const applied = await cli.call(['apply', file, '--yes']);
    expect(applied).toMatchObject({ code: 0, stderr: '' });
    expect(applied.stdout).toContain(`+ client ${URL_ID}: name: Ours`);
    expect(await cli.database.stores.clients.find('main', URL_ID)).toMatchObject({ name: 'Ours' });
    expect(await hasGrant(cli)).toBe(false);
    expect((await cli.call(['apply', file, '--yes'])).stdout).toContain('Nothing was changed');
  });
});

test('clients add refuses a URL that cannot be a client_id, and says how to write it', async () => {
  const cli = await openCli();
  const args = PUBLIC.with(3, 'https://app.example:443/client.json');
  const { code, stderr } = await cli.call(args);
  expect(code).toBe(1);
  expect(stderr).toContain(
    "is not the URL of a metadata document: client_id must be written in its normal form: 'https://app.example/client.json'",
  );
});
