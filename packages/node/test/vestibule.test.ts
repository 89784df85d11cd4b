import { openDatabase } from '@vestibule/database';
import type { Endpoint } from '@vestibule/http';
import { temporaryFolder } from '@vestibule/testing/folder';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createVestibule } from '../src/index.ts';
import { INFO, ISSUER_OF_SECOND, MAIN, metadataUrl, newRealm, realmAt, start, statusAt } from './started.ts';

/** Follows redirects as a browser does, with cookies. */
async function follow(handle: Endpoint, address: URL): Promise<Response | undefined> {
  let url = address;
  const cookies: string[] = [];
  for (let hop = 0; hop < 5; hop += 1) {
    const response = await handle(new Request(url, { headers: { cookie: cookies.join('; ') } }), INFO);
    for (const cookie of response?.headers.getSetCookie() ?? []) cookies.push(cookie.split(';', 1)[0] ?? '');
    const location = response?.headers.get('location') ?? undefined;
    if (location === undefined) return response;
    url = new URL(location, url);
  }
  return undefined;
}

describe('a new Vestibule', () => {
  test('registers a client that it has never seen, and displays the sign-in page', async () => {
    const { handle } = await start({ database: 'sqlite::memory:', realms: [MAIN] });
    const registered = await handle(
      new Request('https://id.example/connect/register', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ client_name: 'Agent', redirect_uris: ['https://agent.example/callback'] }),
      }),
      INFO,
    );
    expect(registered?.status).toBe(201);
    const body: unknown = await registered?.json();
    expect(body).toMatchObject({ client_id: expect.any(String) });
    const { client_id } = Object(body);
    const authorize = new URL('https://id.example/connect/authorize');
    authorize.search = String(
      new URLSearchParams({
        client_id,
        response_type: 'code',
        redirect_uri: 'https://agent.example/callback',
        scope: 'notes:read',
        resource: 'https://notes.example/mcp',
        code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
        code_challenge_method: 'S256',
        state: 's',
      }),
    );
    const page = await follow(handle, authorize);
    expect(page?.status).toBe(200);
    expect(await page?.text()).toContain('name="password"');
  });

  test('does not create a realm again, and refuses one with another issuer', async () => {
    const database = `sqlite:${join(temporaryFolder(), 'a.db')}`;
    await (await createVestibule({ database, realms: [MAIN] })).stop();
    const again = await createVestibule({ database, realms: [MAIN] });
    expect((await again.realms()).map(({ id }) => id)).toEqual(['main']);
    await again.stop();
    const moved = createVestibule({ database, realms: [newRealm('main', 'https://other.example')] });
    await expect(moved).rejects.toThrow('The realm main in this database has the issuer https://id.example');
    const taken = createVestibule({ database, realms: [newRealm('other', 'https://id.example')] });
    await expect(taken).rejects.toThrow('The issuer https://id.example belongs to the realm main');
  });

  test('creates no realm if one of them is refused, and names it by its place', async () => {
    const database = await openDatabase('sqlite::memory:');
    onTestFinished(() => database.close());
    const misspelled = {
      ...MAIN,
      realm: { ...MAIN.realm, id: 'second', issuer: ISSUER_OF_SECOND },
      scope: [],
    };
    const refused = createVestibule({ database, realms: [MAIN, misspelled], onWarning: () => undefined });
    await expect(refused).rejects.toThrow('realms[1].scope: unknown member. Did you mean scopes?');
    const sameIssuer = newRealm('second', MAIN.realm.issuer);
    const taken = createVestibule({ database, realms: [MAIN, sameIssuer], onWarning: () => undefined });
    await expect(taken).rejects.toThrow(`The issuer ${MAIN.realm.issuer} belongs to the realm main`);
    expect(await database.stores.realms.list()).toEqual([]);
  });

  test('refuses an issuer that no realm of the database has', async () => {
    const database = await openDatabase('sqlite::memory:');
    onTestFinished(() => database.close());
    await start({ database, realms: [MAIN] });
    const other = createVestibule({ database, issuer: ISSUER_OF_SECOND, onWarning: () => undefined });
    await expect(other).rejects.toThrow(
      `The realm main in this database has the issuer ${MAIN.realm.issuer}, but this start uses ${ISSUER_OF_SECOND}.`,
    );
    await start({ database, issuer: MAIN.realm.issuer });
  });

  test('pre-registers the clients of a realm at the time of its clock', async () => {
    const client = {
      id: 'acme',
      name: 'Acme',
      redirectUris: ['https://acme.example/cb'],
      authentication: { method: 'none' },
      access: [{ resource: 'https://notes.example/mcp', scopes: ['notes:read'] }],
    } as const;
    const { stores } = await start({
      database: 'sqlite::memory:',
      realms: [{ ...MAIN, clients: [client] }],
      clock: () => 7_000,
    });
    expect(await stores.clients.find('main', 'acme')).toMatchObject({ issuedAt: 7_000 });
  });

  test('has an empty realm at the issuer until the database has one', async () => {
    const database = await openDatabase('sqlite::memory:');
    onTestFinished(() => database.close());
    let now = Date.now();
    const vestibule = await start({ database, issuer: 'https://id.example', clock: () => now });
    expect(await statusAt(vestibule, metadataUrl('https://id.example'))).toBe(200);
    expect(await statusAt(vestibule, 'https://id.example/connect/register')).not.toBe(200);
    await database.stores.realms.insert(realmAt('first', 'https://first.example'));
    now += 1_000;
    expect((await vestibule.realms()).map(({ id }) => id)).toEqual(['first']);
  });

  test.each([
    [
      'an unknown option',
      { databse: 'sqlite::memory:' },
      'createVestibule: unknown option "databse". Did you mean "database"?',
    ],
    [
      'an unknown source of key encryption',
      Object({ keyEncryption: { form: 'file', path: './keys' } }),
      'keyEncryption.from must be one of secrets, file, default.',
    ],
    ['a database that cannot be read', { database: './a.db' }, 'must look like sqlite:./vestibule.db'],
    [
      'a secret that is not one',
      { database: 'sqlite::memory:', keyEncryption: { from: 'secrets', secrets: ['short'] } as const },
      'keyEncryption.secrets must be 32 random bytes in base64url',
    ],
  ])('is refused with %s', async (_, options, words) => {
    await expect(createVestibule({ database: 'sqlite::memory:', ...options })).rejects.toThrow(words);
  });
});
