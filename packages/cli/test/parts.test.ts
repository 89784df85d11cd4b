import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { realmWith } from './support/realm.ts';
import { openCli } from './support/test-cli.ts';

test(cite('apis add, change, show, list and remove manage the APIs', 'vestibule:operator:apis'), async () => {
  const { call, json } = await openCli();
  const resource = ['--resource', '/calendar', '--scope', 'notes:read'];
  const added = await call(['apis', 'add', 'calendar', ...resource]);
  expect(added).toMatchObject({ code: 0, stderr: '' });
  expect(added.stdout).toContain('is added, and closed to dynamic clients.');
  expect(await call(['apis', 'change', 'calendar', '--dpop', 'offered'])).toMatchObject({ code: 0 });
  expect((await call(['apis', 'change', 'calendar', '--dpop', 'offered'])).stdout).toContain('so already');
  expect(await json(['apis', 'show', 'calendar'])).toEqual({
    id: 'calendar',
    name: 'calendar',
    resource: 'https://main.example/calendar',
    scopes: ['notes:read'],
    openToDynamicClients: false,
    dpop: 'offered',
    secrets: 0,
  });
  expect((await call(['apis', 'list'])).stdout).toContain(
    'calendar  calendar  https://main.example/calendar',
  );
  expect(await call(['apis', 'remove', 'calendar'])).toMatchObject({ code: 2 });
  expect((await call(['apis', 'remove', 'calendar', '--yes'])).stdout).toContain('is removed');
  expect((await call(['apis', 'list'])).stdout).not.toContain('calendar');
});

test.each<[readonly string[], number, string]>([
  [['add', 'notes', '--resource', '/x'], 1, 'id: is the id of another API'],
  [['add', 'x', '--resource', '/x', '--scope', 'notes:raed'], 1, 'Did you mean notes:read?'],
  [['add', 'x'], 2, '--resource'],
  [['change', 'notes'], 2, 'Nothing to change.'],
  [['change', 'x', '--name', 'X'], 1, 'The realm has no API x. It has: notes, mail.'],
  [['show', 'x'], 1, 'The realm has no API x. It has: notes, mail.'],
  [['remove', 'x', '--yes'], 1, 'The realm has no API x. It has: notes, mail.'],
])('apis %j ends with %i: %s', async (args, code, says) => {
  const { call, database } = await openCli();
  const ended = await call(['apis', ...args]);
  expect(ended).toMatchObject({ code, stdout: '' });
  expect(ended.stderr).toContain(says);
  expect(await database.stores.realms.find('main')).toMatchObject({ version: 1 });
});

test(cite('scopes add, change, list and remove manage the scopes', 'vestibule:operator:scopes'), async () => {
  const { call, json } = await openCli();
  const description = (text: string) => ['--description', text];
  await call(['scopes', 'add', 'notes:share', ...description('Share notes')]);
  await call(['scopes', 'change', 'notes:share', ...description('Share your notes')]);
  expect((await call(['scopes', 'list'])).stdout).toBe(`scope        description        APIs        gate
notes:read   Read your notes    notes mail  open
notes:admin  Delete every note  notes       closed
notes:share  Share your notes               closed
`);
  expect(await call(['scopes', 'remove', 'notes:admin'])).toMatchObject({ code: 2 });
  expect((await call(['scopes', 'remove', 'notes:admin', '--yes'])).stdout).toContain('is removed');
  expect(await json(['scopes', 'list'])).toMatchObject([{ name: 'notes:read' }, { name: 'notes:share' }]);
  expect(await json(['apis', 'show', 'notes'])).toMatchObject({ scopes: ['notes:read'] });
  expect(await call(['scopes', 'remove', 'x', '--yes'])).toMatchObject({ code: 1 });
});

test(cite('realms add, list and rename manage the realms', 'vestibule:operator:realms'), async () => {
  const { call } = await openCli();
  const added = await call([
    'realms',
    'add',
    'second',
    '--issuer',
    'https://second.example',
    '--name',
    'Two',
  ]);
  expect(added).toMatchObject({ code: 0, stderr: '' });
  expect((await call(['realms', 'list'])).stdout).toBe(`id      name  issuer                  APIs
main    Acme  https://main.example    notes mail
second  Two   https://second.example
`);
  expect(await call(['realms', 'rename', 'Three'])).toMatchObject({ code: 2 });
  await call(['realms', 'rename', 'Three', '--realm', 'second']);
  expect((await call(['realms', 'list'])).stdout).toContain('second  Three  https://second.example');
  const again = await call(['realms', 'add', 'second', '--issuer', 'https://third.example']);
  expect(again).toMatchObject({ code: 1 });
  expect(again.stderr).toContain('The database has a realm with the id second or the issuer');
  const invalid = await call(['realms', 'add', 'x', '--issuer', 'http://x.example']);
  expect(invalid.stderr).toContain('No realm was added:\n  realm.issuer:');
});

describe('realms show', () => {
  test('prints gates, APIs, scopes and the settings that differ from their defaults', async () => {
    const { call, json } = await openCli([realmWith({ limits: { sessionsPerPerson: 7 } })]);
    const printed = await call(['realms', 'show', 'main']);
    expect(printed).toMatchObject({ code: 0, stderr: '' });
    expect(printed.stdout).toBe(`id            main
name          Acme
issuer        https://main.example
registration  open: anonymous
APIs          notes (open): https://notes.example/mcp
              mail (closed): https://mail.example
scopes        notes:read (open): Read your notes
              notes:admin (closed): Delete every note
settings      registration.open: true
              limits.sessionsPerPerson: 7
`);
    expect(await call(['realms', 'show'])).toEqual(printed);
    expect(await json(['realms', 'show'])).toMatchObject({
      id: 'main',
      open: true,
      apis: [{ id: 'notes', secrets: 0 }, { id: 'mail' }],
      scopes: [{ name: 'notes:read' }, { name: 'notes:admin' }],
      changedSettings: { 'registration.open': true, 'limits.sessionsPerPerson': 7 },
    });
  });

  test('needs an id if the database has several realms, and refuses an unknown one', async () => {
    const { call } = await openCli([realmWith(), realmWith({}, 'other')]);
    expect(await call(['realms', 'show'])).toMatchObject({ code: 2 });
    expect((await call(['realms', 'show', 'other'])).stdout).toContain('https://other.example');
    expect(await call(['realms', 'show', 'nowhere'])).toMatchObject({ code: 1 });
  });
});
