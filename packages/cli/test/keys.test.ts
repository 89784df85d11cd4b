import type { SigningKey } from '@vestibule/server';
import { expect, test } from 'vitest';
import { openCli } from './support/test-cli.ts';

const HOUR = 3_600_000;

const key = (kid: string, signsFrom: number): SigningKey => ({
  realm: 'main',
  kid,
  algorithm: 'ES256',
  publicJwk: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' },
  privateKey: { kind: 'encrypted', jwe: 'not-to-be-shown' },
  createdAt: signsFrom,
  signsFrom,
});

test('keys lists signing keys with their states and without private keys', async () => {
  const { call, json, database } = await openCli();
  const now = Date.now();
  expect((await call(['keys'])).stdout).toContain('no key yet');
  await database.stores.keys.insert(key('old', now - 48 * HOUR), undefined);
  await database.stores.keys.insert(key('current', now - HOUR), 'old');
  await database.stores.keys.insert(key('next', now + HOUR), 'current');
  const { stdout } = await call(['keys']);
  expect(stdout).toMatch(/next +published +ES256.+encrypted/);
  expect(stdout).toMatch(/current +signs/);
  expect(stdout).toMatch(/old +retired/);
  expect(stdout).not.toContain('not-to-be-shown');
  expect(await json(['keys'])).toMatchObject([
    { state: 'published' },
    { state: 'signs' },
    { state: 'retired' },
  ]);
});

test.each([false, true])('keys replace requests new signing keys, compromised: %s', async (compromised) => {
  const { json, database } = await openCli();
  const flag = compromised ? ['--compromised'] : [];
  expect(await json(['keys', 'replace', ...flag])).toEqual({ replaced: true, compromised });
  const realm = await database.stores.realms.find('main');
  expect(realm?.settings.keys).toMatchObject({ compromised, replaceMadeBefore: expect.any(Number) });
});
