import { describe, expect, test } from 'vitest';
import { openCli } from './support/test-cli.ts';

const hashesOf = async ({ database }: Awaited<ReturnType<typeof openCli>>) =>
  (await database.stores.realms.find('main'))?.apis.find(({ id }) => id === 'notes')?.secretHashes ?? [];

describe('vestibule apis', () => {
  test('creates a secret for an API, prints it once, and stores only its hash', async () => {
    const cli = await openCli();
    const { code, stdout, stderr } = await cli.call(['apis', 'secret', 'notes']);
    expect(code).toBe(0);
    // Standard output contains only the secret: SECRET=$(vestibule apis secret notes).
    expect(stdout).toMatch(/^vas_[\w-]{43}\n$/);
    expect(stderr).toContain('The secret is displayed only once: only its hash is stored.');
    const secret = stdout.trim();
    const hashes = await hashesOf(cli);
    expect(hashes).toEqual([expect.stringMatching(/^[\w-]{43}$/)]);
    expect(secret).not.toContain(hashes[0]);
  });

  test('prints the secret of an API as JSON with --json', async () => {
    const cli = await openCli();
    expect(await cli.json(['apis', 'secret', 'notes'])).toEqual({
      api: 'notes',
      secret: expect.stringMatching(/^vas_/),
    });
  });

  test('revokes all secrets of an API', async () => {
    const cli = await openCli();
    await cli.call(['apis', 'secret', 'notes']);
    expect(await cli.call(['apis', 'revoke', 'notes'])).toEqual({
      code: 0,
      stderr: '',
      stdout: 'All secrets of the API notes are revoked.\n',
    });
    expect(await hashesOf(cli)).toEqual([]);
  });

  test.each(['secret', 'revoke'])('%s lists the known APIs if the named one does not exist', async (verb) => {
    const cli = await openCli();
    const { code, stderr } = await cli.call(['apis', verb, 'calendar']);
    expect(code).toBe(1);
    expect(stderr).toContain('The realm has no API calendar. It has: notes, mail.');
  });

  test('lets only the people of some groups allow apps to use an API, and every person again', async () => {
    const cli = await openCli();
    const change = (...args: readonly string[]) => cli.call(['apis', 'change', 'notes', ...args]);
    const shown = async () => (await cli.call(['apis', 'show', 'notes'])).stdout;
    expect(await shown()).toContain('every person may let apps use it');
    expect(await change('--allowed-group', 'agents', '--allowed-group', 'CN=Staff, OU=Acme')).toMatchObject({
      code: 0,
    });
    expect(await cli.json(['apis', 'show', 'notes'])).toMatchObject({
      allowedGroups: ['agents', 'CN=Staff, OU=Acme'],
    });
    expect(await shown()).toContain('those of the group agents\n');
    expect(await change('--allowed-group', 'agents', '--every-person')).toMatchObject({ code: 2 });
    expect(await change('--allowed-group', '')).toMatchObject({ code: 1 });
    await change('--every-person');
    expect(await cli.json(['apis', 'show', 'notes'])).not.toHaveProperty('allowedGroups');
  });

  test('adds an API for the people of a group, of which `explain` tells', async () => {
    const cli = await openCli();
    const resource = ['--resource', '/calendar', '--allowed-group', 'agents'];
    expect(await cli.call(['apis', 'add', 'calendar', ...resource])).toMatchObject({ code: 0 });
    const input = JSON.stringify({ redirect_uris: ['https://app.example/cb'] });
    const { stdout } = await cli.call(['explain', '-'], { input });
    expect(stdout).toContain(
      'Only people of these groups may let a client use these APIs:\n  calendar: agents',
    );
  });
});
