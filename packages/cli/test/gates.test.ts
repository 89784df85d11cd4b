import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { openCli } from './support/test-cli.ts';
import { realmWith } from './support/realm.ts';

test(
  cite(
    'gates lists registration, metadata documents, APIs and scopes with their states',
    'vestibule:command-line:gates-show',
  ),
  async () => {
    const { call, json } = await openCli();
    expect(await call(['gates'])).toEqual({
      code: 0,
      stderr: '',
      stdout: `gate       name         state   details
realm      main         open    any client, within the rate limits
documents  main         closed  of any host
api        notes        open    https://notes.example/mcp
api        mail         closed  https://mail.example
scope      notes:read   open    Read your notes
scope      notes:admin  closed  Delete every note
`,
    });
    expect(await json(['gates'])).toEqual([
      { gate: 'realm', open: true, mode: 'anonymous' },
      { gate: 'documents', open: false, accepts: 'of any host' },
      { gate: 'api', of: 'notes', open: true, resource: 'https://notes.example/mcp' },
      { gate: 'api', of: 'mail', open: false, resource: 'https://mail.example' },
      { gate: 'scope', of: 'notes:read', open: true, description: 'Read your notes' },
      { gate: 'scope', of: 'notes:admin', open: false, description: 'Delete every note' },
    ]);
  },
);

test(
  cite(
    'gates open and gates close change several gates, each with an audit event',
    'vestibule:command-line:gates-set',
  ),
  async () => {
    const { call, json, database } = await openCli();
    const closed = await call(['gates', 'close', 'realm', 'scope', 'notes:read', 'notes:admin']);
    expect(closed).toEqual({
      code: 0,
      stderr: '',
      stdout: `Registration in the realm is now closed.
The scope notes:read is now closed.
The scope notes:admin was already closed.
`,
    });
    expect(await json(['gates', 'open', 'api', 'mail', 'realm'])).toEqual([
      { gate: 'api', of: 'mail', open: true, change: 'changed' },
      { gate: 'realm', open: true, change: 'changed' },
    ]);
    const { items } = await database.stores.audit.list('main', { limit: 10 });
    expect(items.map(({ type, ...event }) => [type, 'of' in event ? event.of : undefined])).toEqual(
      expect.arrayContaining([
        ['gate.closed', undefined],
        ['gate.closed', 'notes:read'],
        ['gate.opened', 'mail'],
        ['gate.opened', undefined],
      ]),
    );
    expect(items).toHaveLength(4);
  },
);

test('gates names the hosts whose documents are accepted, and opens and closes the realm for them', async () => {
  const { call, json, database } = await openCli();
  await call(['settings', 'set', 'metadataDocuments.allowedHosts', '["claude.ai", "*.acme.example"]']);
  await call(['settings', 'set', 'metadataDocuments.refusedHosts', '["old.acme.example"]']);
  expect(await call(['gates', 'open', 'documents'])).toMatchObject({
    code: 0,
    stdout: 'The realm for metadata documents is now open.\n',
  });
  expect(await json(['gates'])).toContainEqual({
    gate: 'documents',
    open: true,
    accepts: 'of claude.ai, *.acme.example, with 1 refused',
  });
  const { items } = await database.stores.audit.list('main', { limit: 1 });
  expect(items).toMatchObject([{ type: 'gate.opened', gate: 'documents' }]);
});

test(cite('a running registrar follows a changed gate immediately', 'vestibule:gates:at-once'), async () => {
  const { call, registrar } = await openCli();
  expect(await registrar.isOpen('main')).toBe(true);
  await call(['gates', 'close', 'realm']);
  expect(await registrar.isOpen('main')).toBe(false);
  await call(['gates', 'open', 'realm']);
  expect(await registrar.isOpen('main')).toBe(true);
});

test('the word after api or scope is always a name', async () => {
  const realm = realmWith();
  const scopes = ['realm', 'api', 'scope'].map((name) => ({
    name,
    description: name,
    openToDynamicClients: false,
  }));
  const { json } = await openCli([{ ...realm, scopes }]);
  const words = ['scope', 'realm', 'scope', 'api', 'scope', 'scope', 'realm'];
  expect(await json(['gates', 'open', ...words])).toMatchObject([
    { gate: 'scope', of: 'realm', change: 'changed' },
    { gate: 'scope', of: 'api', change: 'changed' },
    { gate: 'scope', of: 'scope', change: 'changed' },
    { gate: 'realm', change: 'unchanged' },
  ]);
});

describe('gates close changes nothing if one of the gates does not exist', () => {
  test.each([
    [['realm', 'api', 'nowhere'], 'The realm has no API nowhere. It has: notes, mail. Nothing was changed.'],
    [
      ['realm', 'scope', 'x'],
      'The realm has no scope x. It has: notes:read, notes:admin. Nothing was changed.',
    ],
    [['realm', 'scope', '\u001B[2J'], 'The realm has no scope “(U+001B)[2J”.'],
  ])('%j', async (words, says) => {
    const { call, registrar } = await openCli();
    const ended = await call(['gates', 'close', ...words]);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain(says);
    expect(await registrar.isOpen('main')).toBe(true);
  });
});
