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
});
