import { describe, expect, test } from 'vitest';
import { openOffice } from './support/office.ts';

const hashesOf = async ({ database }: Awaited<ReturnType<typeof openOffice>>) =>
  (await database.stores.realms.find('main'))?.apis.find(({ id }) => id === 'notes')?.secretHashes ?? [];

describe('the secret of an API', () => {
  test('is made, shown once, and kept as a hash', async () => {
    const office = await openOffice();
    const { code, stdout, stderr } = await office.call(['apis', 'secret', 'notes']);
    expect(code).toBe(0);
    // Whatever else is to be said stands elsewhere: SECRET=$(vestibule apis secret notes).
    expect(stdout).toMatch(/^vas_[\w-]{43}\n$/);
    expect(stderr).toContain('It is displayed this once, and kept nowhere.');
    const secret = stdout.trim();
    const hashes = await hashesOf(office);
    expect(hashes).toEqual([expect.stringMatching(/^[\w-]{43}$/)]);
    expect(secret).not.toContain(hashes[0]);
  });

  test('is told to programs as JSON', async () => {
    const office = await openOffice();
    expect(await office.json(['apis', 'secret', 'notes'])).toEqual({
      api: 'notes',
      secret: expect.stringMatching(/^vas_/),
    });
  });

  test('is revoked with all the others', async () => {
    const office = await openOffice();
    await office.call(['apis', 'secret', 'notes']);
    expect(await office.call(['apis', 'revoke', 'notes'])).toEqual({
      code: 0,
      stderr: '',
      stdout: 'No secret of the API notes counts any more.\n',
    });
    expect(await hashesOf(office)).toEqual([]);
  });

  test.each(['secret', 'revoke'])(
    '%s of an API that there is not names those that there are',
    async (verb) => {
      const office = await openOffice();
      const { code, stderr } = await office.call(['apis', verb, 'calendar']);
      expect(code).toBe(1);
      expect(stderr).toContain('The realm has no API calendar. There is notes, mail.');
    },
  );
});
