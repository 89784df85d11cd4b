import { cite } from '@vestibule/requirements';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '@vestibule/testing/folder';
import { openCli } from './support/test-cli.ts';

const DOCUMENT = {
  realm: { id: 'main', name: 'Acme Notes', settings: { registration: { open: true, mode: 'both' } } },
  scopes: [
    { name: 'notes:read', description: 'Read your notes', openToDynamicClients: true },
    { name: 'notes:write', description: 'Write notes' },
  ],
  apis: [
    {
      id: 'notes',
      name: 'Notes',
      resource: 'https://notes.example/mcp',
      scopes: ['notes:read', 'notes:write'],
      openToDynamicClients: true,
    },
  ],
  people: [{ username: 'Ada', name: 'Ada', password: 'a-password-in-a-file' }],
  clients: [
    {
      id: 'acme',
      name: 'Acme',
      redirectUris: ['https://acme.example/cb'],
      authentication: { method: 'client_secret_basic', secret: 'a-secret-of-at-least-32-characters' },
      access: [{ resource: 'https://notes.example/mcp', scopes: ['notes:read'] }],
    },
  ],
};

/** A database, and `vestibule apply` with a document. */
async function withDocument() {
  const cli = await openCli();
  const apply = (document: object, ...args: readonly string[]) => {
    const file = join(temporaryFolder(), 'realm.json');
    writeFileSync(file, JSON.stringify(document));
    return cli.call(['apply', file, ...args]);
  };
  const realm = async () => {
    const found = await cli.database.stores.realms.find('main');
    if (found === undefined) throw new Error('The realm is gone.');
    return found;
  };
  return { ...cli, apply, realm };
}

const CHANGES = `~ realm main: name: Acme → Acme Notes
+ scope notes:write: description: Write notes, openToDynamicClients: false
~ api notes: scopes: ["notes:admin","notes:read"] → ["notes:read","notes:write"]
+ client acme: name: Acme, redirectUris: ["https://acme.example/cb"], authentication: client_secret_basic, access: ["https://notes.example/mcp notes:read"], rememberConsent: false
+ person ada: name: Ada
`;

describe('vestibule apply', () => {
  test(
    cite('shows the difference, applies it, and has nothing to do a second time', 'vestibule:operator:apply'),
    async () => {
      const { apply, realm, database, json } = await withDocument();
      const first = await apply(DOCUMENT, '--yes');
      expect(first).toMatchObject({ code: 0, stderr: '' });
      expect(first.stdout).toContain(CHANGES);
      expect(first.stdout).toMatch(/registration\.mode.*both\nApplied \d changes to the realm main\.\n$/);
      const { version, name, apis, scopes, settings } = await realm();
      expect({ name, settings: settings.registration }).toMatchObject({
        name: 'Acme Notes',
        settings: { mode: 'both' },
      });
      expect(apis.map(({ id }) => id)).toEqual(['notes', 'mail']);
      expect(scopes.map((scope) => scope.name)).toEqual(['notes:read', 'notes:admin', 'notes:write']);
      expect(await database.stores.people.findByUsername('main', 'ada')).toMatchObject({ name: 'Ada' });
      const events = await json(['events']);

      expect(await apply(DOCUMENT, '--yes')).toEqual({
        code: 0,
        stderr: '',
        stdout: 'The realm main is as the file says. Nothing was changed.\n',
      });
      expect((await realm()).version).toBe(version);
      expect(await json(['events'])).toEqual(events);
      expect(JSON.stringify(events)).not.toMatch(/a-password|a-secret|argon2/);
      for (const { actor } of events) expect(actor).toEqual({ kind: 'cli', id: 'ada' });
    },
  );

  test('gives people their groups and APIs the groups that they allow, in whatever order, and takes them', async () => {
    const { apply, realm, database, call } = await withDocument();
    const documentWith = (groups: readonly string[], allowedGroups: readonly string[]) => ({
      ...DOCUMENT,
      people: DOCUMENT.people.map((person) => Object.assign({}, person, { groups })),
      apis: DOCUMENT.apis.map((api) => Object.assign({}, api, { allowedGroups })),
    });
    const ada = () => database.stores.people.findByUsername('main', 'ada');
    await apply(DOCUMENT, '--yes');
    const { stdout } = await apply(documentWith(['staff', 'agents'], ['agents', 'admins']), '--yes');
    expect(stdout).toContain('~ api notes: allowedGroups: (none) → ["admins","agents"]');
    expect(stdout).toContain('~ person ada: groups: (none) → ["agents","staff"]');
    expect(await ada()).toMatchObject({ groups: ['agents', 'staff'] });
    expect((await realm()).apis[0]).toMatchObject({ allowedGroups: ['agents', 'admins'] });
    expect(await apply(documentWith(['agents', 'staff'], ['admins', 'agents']), '--dry-run')).toMatchObject({
      code: 0,
    });
    await call(['people', 'change', 'ada', '--group', 'editors']);
    await apply(DOCUMENT, '--yes');
    expect(await ada()).not.toHaveProperty('groups');
    expect((await realm()).apis[0]).not.toHaveProperty('allowedGroups');
  });

  test('--dry-run changes nothing, and exits with 3 if there is a difference', async () => {
    const { apply, realm } = await withDocument();
    const { code, stdout } = await apply(DOCUMENT, '--dry-run');
    expect(code).toBe(3);
    expect(stdout).toContain(CHANGES);
    expect(await realm()).toMatchObject({ version: 1 });
    await apply(DOCUMENT, '--yes');
    expect(await apply(DOCUMENT, '--dry-run')).toMatchObject({ code: 0 });
  });

  test(
    cite('keeps what the file does not have, unless --prune is given', 'vestibule:operator:apply-prune'),
    async () => {
      const { apply, realm, database, call } = await withDocument();
      await apply(DOCUMENT, '--yes');
      await call(['people', 'add', 'grace'], { input: 'pw\n' });
      const less = { ...DOCUMENT, people: [], clients: [] };
      expect((await apply(less, '--dry-run')).code).toBe(0);
      const pruned = await apply(less, '--yes', '--prune');
      expect(pruned.stdout).toContain('- client acme\n- api mail\n- scope notes:admin\n');
      const { apis, scopes } = await realm();
      expect([apis.map(({ id }) => id), scopes.map(({ name }) => name)]).toEqual([
        ['notes'],
        ['notes:read', 'notes:write'],
      ]);
      expect(await database.stores.clients.find('main', 'acme')).toBeUndefined();
      for (const name of ['ada', 'grace']) {
        expect(await database.stores.people.findByUsername('main', name)).toBeDefined();
      }
      expect((await apply(less, '--dry-run', '--prune')).code).toBe(0);
    },
  );

  test('adds a person without a password, who stays without one', async () => {
    const { apply, database, json } = await withDocument();
    const document = { ...DOCUMENT, people: [{ username: 'Ada', name: 'Ada', password: null }] };
    const { code, stdout } = await apply(document, '--yes');
    expect(code).toBe(0);
    expect(stdout).toContain('+ person ada: name: Ada, password: false\n');
    const stored = await database.stores.people.findByUsername('main', 'ada');
    expect(stored).toMatchObject({ name: 'Ada' });
    expect(stored).not.toHaveProperty('passwordHash');
    expect(await json(['people', 'list'])).toMatchObject([{ username: 'ada', hasPassword: false }]);
    expect(await apply(document, '--dry-run')).toMatchObject({ code: 0 });
  });

  test('creates a realm that does not exist', async () => {
    const { apply, json } = await withDocument();
    const document = { ...DOCUMENT, realm: { id: 'new', name: 'New', issuer: 'https://new.example' } };
    const created = await apply(document, '--yes');
    expect(created).toMatchObject({ code: 0, stderr: '' });
    expect(created.stdout).toContain('+ realm new: name: New, issuer: https://new.example\n');
    expect(await json(['realms', 'list'])).toMatchObject([
      { id: 'main' },
      { id: 'new', issuer: 'https://new.example', apis: ['notes'], scopes: ['notes:read', 'notes:write'] },
    ]);
    expect((await apply(document, '--dry-run')).code).toBe(0);
  });

  test('reads a document from standard input that is larger than a registration request', async () => {
    const { call, realm } = await withDocument();
    const scopes = Array.from({ length: 2_000 }, (_, index) => ({
      name: `scope-${index}`,
      description: `What the scope with the number ${index} allows`,
    }));
    const input = JSON.stringify({ realm: DOCUMENT.realm, scopes });
    expect(input.length).toBeGreaterThan(128 * 1024);
    const { code, stdout } = await call(['apply', '-', '--dry-run'], { input });
    expect(code).toBe(3);
    expect(stdout).toContain('+ scope scope-1999:');
    expect(await realm()).toMatchObject({ version: 1 });
  });

  test.each(['standard input', 'a file'])('refuses a document from %s of more than 1 MiB', async (from) => {
    const { call } = await withDocument();
    const input = JSON.stringify({ realm: DOCUMENT.realm, text: 'x'.repeat(1024 * 1024) });
    const file = join(temporaryFolder(), 'realm.json');
    writeFileSync(file, input);
    const { code, stderr } = await (from === 'a file'
      ? call(['apply', file, '--yes'])
      : call(['apply', '-', '--yes'], { input }));
    expect(code).toBe(1);
    expect(stderr).toContain(
      'is larger than 1 MiB (1048576 bytes), the limit of a document. Split it into several.',
    );
  });

  test('asks for confirmation, and needs --yes without a terminal', async () => {
    const { apply, realm, call } = await withDocument();
    expect(await apply(DOCUMENT)).toMatchObject({ code: 2 });
    const file = join(temporaryFolder(), 'realm.json');
    writeFileSync(file, JSON.stringify(DOCUMENT));
    const refused = await call(['apply', file], { columns: 200, input: 'n\n' });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/Apply \d changes to the realm main\? \[y\/N\]/);
    expect(await realm()).toMatchObject({ version: 1 });
  });

  test.each<[string, object, string]>([
    ['an invalid member', { ...DOCUMENT, apis: [{ id: 'notes' }] }, 'apis[0]'],
    [
      'a hash that no password can be verified against',
      { ...DOCUMENT, people: [{ username: 'ada', name: 'Ada', passwordHash: 'md5' }] },
      'people[0].passwordHash: must be an argon2 hash in PHC string format',
    ],
    [
      'a person of whom it is not said whether they have a password',
      { ...DOCUMENT, people: [{ username: 'ada', name: 'Ada' }] },
      'people[0]: must have either password or passwordHash',
    ],
    [
      'another issuer',
      { ...DOCUMENT, realm: { ...DOCUMENT.realm, issuer: 'https://other.example' } },
      'realm.issuer: cannot change: it is https://main.example',
    ],
    [
      'another resource of an API',
      { ...DOCUMENT, apis: [{ ...DOCUMENT.apis[0], resource: 'https://other.example' }], clients: [] },
      'apis[0].resource: cannot change: it is https://notes.example/mcp',
    ],
    [
      'a realm that does not exist, without an issuer',
      { ...DOCUMENT, realm: { id: 'new', name: 'New' } },
      'realm.issuer',
    ],
  ])('refuses %s, and changes nothing', async (_, document, problem) => {
    const { apply, realm } = await withDocument();
    const { code, stderr } = await apply(document, '--yes');
    expect(code).toBe(1);
    expect(stderr).toContain(problem);
    expect(stderr).toContain('Nothing was changed.');
    expect(await realm()).toMatchObject({ version: 1 });
  });
});
