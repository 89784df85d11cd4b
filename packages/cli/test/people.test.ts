import { cite } from '@vestibule/requirements';
import { verify } from '@node-rs/argon2';
import { describe, expect, test } from 'vitest';
import { openCli } from './support/test-cli.ts';

const NOW = Date.UTC(2026, 10, 29, 12);

type Cli = Awaited<ReturnType<typeof openCli>>;

const ada = ({ database }: Cli) => database.stores.people.findByUsername('main', 'ada');

/** A database in which Ada has the password `right`. */
async function withAda() {
  const cli = await openCli();
  const added = await cli.call(['people', 'add', 'Ada', '--name', 'Ada L.', '--subject', 'sub-ada'], {
    input: 'right\n',
  });
  expect(added).toMatchObject({ code: 0, stderr: '' });
  return cli;
}

/** Ada has a session, and has approved a client twice. */
async function withGrants() {
  const cli = await withAda();
  const { sessions, grants } = cli.database.stores;
  const authentication = { at: NOW, methods: ['pwd'] };
  const person = { subject: 'sub-ada', name: 'Ada L.' };
  const expiresAt = NOW + 3_600_000;
  await sessions.insert({ realm: 'main', hash: 'session', person, authentication, expiresAt });
  const facts = { realm: 'main', subject: 'sub-ada', createdAt: NOW, expiresAt, authentication };
  const displayed = { name: 'App', redirectUri: 'http://127.0.0.1:4711/cb' };
  const approved = { ...facts, resource: 'https://notes.example/mcp', scopes: ['notes:read'], displayed };
  for (const [id, clientId] of [
    ['grant-1', 'dyn-a'],
    ['grant-2', 'dyn-a'],
    ['grant-3', 'dyn-b'],
  ] as const) {
    await grants.insert({ ...approved, id, clientId });
    await grants.open({ realm: 'main', id, at: NOW, expiresAt });
  }
  const standing = async () => (await grants.listOf('main', 'sub-ada', NOW)).map(({ id }) => id);
  const isSignedIn = async () => (await sessions.find('main', 'session')) !== undefined;
  return { ...cli, standing, isSignedIn };
}

describe('vestibule people', () => {
  test(
    cite('adds a person whose password is read from standard input', 'vestibule:operator:people-commands'),
    async () => {
      const cli = await withAda();
      const stored = await ada(cli);
      expect(stored).toMatchObject({ username: 'ada', name: 'Ada L.', subject: 'sub-ada' });
      expect(await verify(stored?.passwordHash ?? '', 'right')).toBe(true);
      expect((await cli.call(['people', 'list'])).stdout).toBe(`username  name    email  subject
ada       Ada L.         sub-ada

1 person
`);
      expect(await cli.json(['people', 'list'])).toEqual([
        { username: 'ada', name: 'Ada L.', subject: 'sub-ada', hasPassword: true },
      ]);
    },
  );

  test('asks for the password on a terminal and does not display it', async () => {
    const cli = await openCli();
    const { code, stderr, stdout } = await cli.call(['people', 'add', 'ada'], {
      columns: 80,
      input: 'right\n',
    });
    expect([code, stderr]).toEqual([0, 'Password: \n']);
    expect(stdout).not.toContain('right');
    expect(await verify((await ada(cli))?.passwordHash ?? '', 'right')).toBe(true);
  });

  test.each<[string, readonly string[], string]>([
    ['an empty password', ['ada'], 'The password is empty. Type it, or pass it on standard input.\n'],
  ])('refuses %s', async (_, args, stderr) => {
    const cli = await openCli();
    expect(await cli.call(['people', 'add', ...args], { input: '\n' })).toEqual({
      code: 1,
      stdout: '',
      stderr,
    });
    expect((await cli.call(['people', 'list'])).stdout).toBe('The realm has no people.\n');
  });

  test.each<[readonly string[], readonly string[]]>([
    [['ada', '--email', 'ada'], ['email: must be written as an e-mail address']],
    [['ada', '--name', 'n'.repeat(257)], ['name: must be at most 256 characters']],
    [['ada', '--subject', 'a b'], ['subject: must be 1 to 255 visible ASCII characters without spaces']],
    [
      [' ', '--email', 'x'],
      [
        'username: must be at least 1 character',
        'name: must be at least 1 character',
        'email: must be written as an e-mail address',
      ],
    ],
  ])('add %j is refused with all problems, before a password is asked for', async (args, problems) => {
    const cli = await openCli();
    expect(await cli.call(['people', 'add', ...args], { columns: 80, input: 'right\n' })).toEqual({
      code: 1,
      stdout: '',
      stderr: `Nothing was changed:\n${problems.map((problem) => `  ${problem}\n`).join('')}`,
    });
  });

  test('adds a person without a password only if told to, sets one, and removes it', async () => {
    const cli = await openCli();
    const { code, stdout, stderr } = await cli.call(['people', 'add', 'ada', '--no-password'], {
      columns: 80,
    });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('ada is added without a password.');
    expect(await ada(cli)).not.toHaveProperty('passwordHash');
    expect(await cli.json(['people', 'list'])).toMatchObject([{ hasPassword: false }]);
    await cli.call(['people', 'password', 'ada'], { input: 'right\n' });
    expect(await cli.json(['people', 'list'])).toMatchObject([{ hasPassword: true }]);
    const removed = await cli.call(['people', 'password', 'ada', '--remove'], { columns: 80 });
    expect(removed).toMatchObject({ code: 0, stderr: '' });
    expect(removed.stdout).toContain('The password of ada is removed, and every browser is signed out.');
    expect(await ada(cli)).not.toHaveProperty('passwordHash');
  });

  test('refuses to change an email address to something else', async () => {
    const cli = await withAda();
    expect(await cli.call(['people', 'change', 'ada', '--email', 'ada'])).toEqual({
      code: 1,
      stdout: '',
      stderr: 'Nothing was changed:\n  email: must be written as an e-mail address\n',
    });
  });

  test('refuses a username that is taken, in any case', async () => {
    const cli = await withAda();
    const { code, stderr } = await cli.call(['people', 'add', 'ADA'], { input: 'other\n' });
    expect(code).toBe(1);
    expect(stderr).toContain('The realm main has a person with the username ada or this subject already.');
  });

  test('changes name and address, and says if nothing changes', async () => {
    const cli = await withAda();
    const change = (...args: readonly string[]) => cli.call(['people', 'change', 'ada', ...args]);
    expect((await change('--email', 'ada@notes.example', '--name', 'Ada')).stdout).toBe('ada is changed.\n');
    expect(await ada(cli)).toMatchObject({ name: 'Ada', email: 'ada@notes.example' });
    expect((await change('--name', 'Ada')).stdout).toBe('ada is so already. Nothing was changed.\n');
    await change('--no-email');
    expect(await ada(cli)).not.toHaveProperty('email');
    expect(await change()).toMatchObject({ code: 2, stdout: '' });
  });

  test('gives and takes groups, and shows which APIs the person may let apps use', async () => {
    const cli = await withAda();
    const change = (...args: readonly string[]) => cli.call(['people', 'change', 'ada', ...args]);
    await cli.call(['apis', 'change', 'notes', '--allowed-group', 'agents']);
    expect(await cli.json(['people', 'show', 'ada'])).toMatchObject({ mayNotAllow: ['notes'] });
    await change('--group', 'staff', '--group', 'agents');
    expect(await ada(cli)).toMatchObject({ groups: ['agents', 'staff'] });
    const { stdout } = await cli.call(['people', 'show', 'ada']);
    expect(stdout).toContain('groups           agents\n                 staff\n');
    expect(stdout).toMatch(/may allow {8}notes\n/);
    expect(stdout).not.toContain('may not allow');
    await change('--no-group');
    expect(await ada(cli)).not.toHaveProperty('groups');
    expect((await change('--no-group', '--group', 'agents')).stdout).toBe('ada is changed.\n');
    expect(await ada(cli)).toMatchObject({ groups: ['agents'] });
  });

  test('forgets the groups that a sign-in reported, and keeps the others', async () => {
    const cli = await withAda();
    const known = await ada(cli);
    if (known === undefined) throw new Error('Ada is missing.');
    const { people } = cli.database.stores;
    await people.replace({ ...known, groups: ['editors'], reportedGroups: ['agents'] }, known);
    await cli.call(['people', 'change', 'ada', '--forget-reported-groups']);
    expect(await ada(cli)).toEqual({ ...known, groups: ['editors'] });
  });

  test('adds a person with groups, and refuses an impossible one', async () => {
    const cli = await openCli();
    await cli.call(['people', 'add', 'grace', '--no-password', '--group', 'agents']);
    expect(await cli.json(['people', 'list'])).toMatchObject([{ username: 'grace', groups: ['agents'] }]);
    const { code, stderr } = await cli.call(['people', 'change', 'grace', '--group', ' agents']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('groups[0]: must be one line')]);
  });

  test('sets another password, signs out every browser, and keeps the grants', async () => {
    const cli = await withGrants();
    expect(await cli.isSignedIn()).toBe(true);
    const { stdout } = await cli.call(['people', 'password', 'ada'], { input: 'next' });
    expect(stdout).toContain('The password of ada is changed, and every browser is signed out.');
    expect(await verify((await ada(cli))?.passwordHash ?? '', 'next')).toBe(true);
    expect([await cli.isSignedIn(), await cli.standing()]).toEqual([
      false,
      ['grant-1', 'grant-2', 'grant-3'],
    ]);
  });

  test(
    cite('deletes a person with all sessions and grants', 'vestibule:operator:person-removed'),
    async () => {
      const cli = await withGrants();
      expect(await cli.call(['people', 'delete', 'ada'])).toMatchObject({ code: 2 });
      const { stdout } = await cli.call(['people', 'delete', 'ada', '--yes'], { now: NOW });
      expect(stdout).toContain('ada is deleted, every browser is signed out, and 3 grants ended.');
      expect([await ada(cli), await cli.isSignedIn(), await cli.standing()]).toEqual([undefined, false, []]);
      const { code, stderr } = await cli.call(['people', 'delete', 'ada', '--yes']);
      expect([code, stderr]).toEqual([1, 'The realm main has no person with the username or subject ada.\n']);
    },
  );

  test('records events with the actor and without the password', async () => {
    const cli = await withAda();
    await cli.call(['people', 'password', 'ada'], { input: 'next' });
    await cli.call(['people', 'delete', 'sub-ada', '--yes']);
    const events = await cli.json(['events']);
    const actor = { kind: 'cli', id: 'ada' };
    expect(events).toMatchObject([
      { type: 'person.removed', actor },
      { type: 'person.password-set', actor },
      { type: 'person.added', actor },
    ]);
    expect(JSON.stringify(events)).not.toMatch(/argon2|right|next/);
  });
});

describe('vestibule grants', () => {
  test(cite('lists the grants of a client or a person', 'vestibule:operator:grants-commands'), async () => {
    const { call, json } = await withGrants();
    const { stdout } = await call(['grants', 'list', '--client', 'dyn-b'], { now: NOW });
    expect(stdout)
      .toBe(`id       client  redirects to   person   scopes      API                        approved           expires
grant-3  dyn-b   this computer  sub-ada  notes:read  https://notes.example/mcp  2026-11-29 12:00Z  2026-11-29 13:00Z

1 grant
`);
    for (const [args, ids] of [
      [
        ['--person', 'ADA'],
        ['grant-1', 'grant-2', 'grant-3'],
      ],
      [
        ['--person', 'sub-ada', '--client', 'dyn-a'],
        ['grant-1', 'grant-2'],
      ],
      [
        ['--client', 'dyn-a'],
        ['grant-1', 'grant-2'],
      ],
      [['--client', 'nobody'], []],
    ] as const) {
      const listed: readonly { readonly id: string }[] = await json(['grants', 'list', ...args], {
        now: NOW,
      });
      expect(listed.map(({ id }) => id)).toEqual(ids);
    }
    expect(await json(['grants', 'list', '--client', 'dyn-b'], { now: NOW })).toMatchObject([
      { redirectUri: 'http://127.0.0.1:4711/cb' },
    ]);
    expect(await call(['grants', 'list'])).toMatchObject({ code: 2 });
  });

  test.each<[readonly string[], readonly string[]]>([
    [['grant-1'], ['grant-2', 'grant-3']],
    [['--client', 'dyn-a'], ['grant-3']],
    [['--person', 'ada'], []],
    [
      ['--person', 'ada', '--client', 'dyn-b'],
      ['grant-1', 'grant-2'],
    ],
  ])('end %j leaves %j', async (args, left) => {
    const { call, standing, json } = await withGrants();
    expect(await call(['grants', 'end', ...args])).toMatchObject({ code: 2 });
    expect(await call(['grants', 'end', ...args, '--yes'], { now: NOW })).toMatchObject({ code: 0 });
    expect(await standing()).toEqual(left);
    const events = await json(['events', '--type', 'grant.ended']);
    expect(events).toHaveLength(3 - left.length);
    expect(events[0]).toMatchObject({ reason: 'operator', actor: { kind: 'cli', id: 'ada' } });
  });

  test('end asks for confirmation on a terminal, and refuses an unknown id or two selections', async () => {
    const { call, standing } = await withGrants();
    const refused = await call(['grants', 'end', '--client', 'dyn-a'], { columns: 80, input: 'n\n' });
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toContain('End all grants of the client dyn-a? [y/N]');
    expect(await call(['grants', 'end', 'grant-9', '--yes'])).toMatchObject({ code: 1 });
    expect(await call(['grants', 'end', 'grant-1', '--client', 'dyn-a', '--yes'])).toMatchObject({ code: 2 });
    expect(await standing()).toHaveLength(3);
  });
});
