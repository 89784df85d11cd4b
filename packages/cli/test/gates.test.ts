import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { openOffice } from './support/office.ts';
import { realmWith } from './support/realm.ts';

test(cite('shows the three gates as they are', 'vestibule:command-line:gates-show'), async () => {
  const { call, json } = await openOffice();
  expect(await call(['gates'])).toEqual({
    code: 0,
    stderr: '',
    stdout: `gate   of           is      about
realm  main         open    for anybody, within the limits
api    notes        open    https://notes.example/mcp
api    mail         closed  https://mail.example
scope  notes:read   open    Read your notes
scope  notes:admin  closed  Delete every note
`,
  });
  expect(await json(['gates'])).toEqual([
    { gate: 'realm', open: true, mode: 'anonymous' },
    { gate: 'api', of: 'notes', open: true, resource: 'https://notes.example/mcp' },
    { gate: 'api', of: 'mail', open: false, resource: 'https://mail.example' },
    { gate: 'scope', of: 'notes:read', open: true, description: 'Read your notes' },
    { gate: 'scope', of: 'notes:admin', open: false, description: 'Delete every note' },
  ]);
});

test(
  cite('opens and closes several at once, each with its event', 'vestibule:command-line:gates-set'),
  async () => {
    const { call, json, database } = await openOffice();
    const closed = await call(['gates', 'close', 'realm', 'scope', 'notes:read', 'notes:admin']);
    expect(closed).toEqual({
      code: 0,
      stderr: '',
      stdout: `The realm’s door is closed now.
The scope notes:read is closed now.
The scope notes:admin was closed already.
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

test(cite('works at once for a registrar that runs', 'vestibule:gates:at-once'), async () => {
  const { call, registrar } = await openOffice();
  expect(await registrar.isOpen('main')).toBe(true);
  await call(['gates', 'close', 'realm']);
  expect(await registrar.isOpen('main')).toBe(false);
  await call(['gates', 'open', 'realm']);
  expect(await registrar.isOpen('main')).toBe(true);
});

test('what stands behind api and scope is a name, whatever it is', async () => {
  const realm = realmWith();
  const scopes = ['realm', 'api', 'scope'].map((name) => ({
    name,
    description: name,
    openToDynamicClients: false,
  }));
  const { json } = await openOffice([{ ...realm, scopes }]);
  const words = ['scope', 'realm', 'scope', 'api', 'scope', 'scope', 'realm'];
  expect(await json(['gates', 'open', ...words])).toMatchObject([
    { gate: 'scope', of: 'realm', change: 'changed' },
    { gate: 'scope', of: 'api', change: 'changed' },
    { gate: 'scope', of: 'scope', change: 'changed' },
    { gate: 'realm', change: 'unchanged' },
  ]);
});

describe('changes nothing where one of the gates is not there', () => {
  test.each([
    [['realm', 'api', 'nowhere'], 'The realm has no API nowhere. There is notes, mail. Nothing was changed.'],
    [
      ['realm', 'scope', 'x'],
      'The realm has no scope x. There is notes:read, notes:admin. Nothing was changed.',
    ],
    [['realm', 'scope', '\u001B[2J'], 'The realm has no scope “(U+001B)[2J”.'],
  ])('%j', async (words, says) => {
    const { call, registrar } = await openOffice();
    const ended = await call(['gates', 'close', ...words]);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain(says);
    expect(await registrar.isOpen('main')).toBe(true);
  });
});
