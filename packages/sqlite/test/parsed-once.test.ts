import { temporaryFolder } from '@vestibule/testing/folder';
import { EMPTY_REALM } from '@vestibule/testing/realm';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createSqliteStores } from '../src/index.ts';
import { open } from './support/open.ts';

const KEY = {
  realm: 'main',
  kid: 'a',
  algorithm: 'ES256',
  publicJwk: { kty: 'EC' },
  privateKey: { kind: 'plain', jwk: { kty: 'EC' } },
  createdAt: 1,
  signsFrom: 1,
} as const;

const REALM = { ...EMPTY_REALM, settings: {} };

/** The stores of two processes on one file. */
function storesOfBoth() {
  const path = join(temporaryFolder(), 'vestibule.db');
  const storesOn = () => createSqliteStores(open({ path }));
  return { here: storesOn(), there: storesOn() };
}

test('a realm is the same frozen object until another process changes it, and the next read sees the change', async () => {
  const { here, there } = storesOfBoth();
  const closed = { ...EMPTY_REALM, settings: { registration: { open: false } } };
  await here.realms.insert({ ...closed, settings: { registration: { open: true } } });
  const first = await here.realms.find('main');
  expect(await here.realms.find('main')).toBe(first);
  expect(await here.realms.list()).toSatisfy((all: readonly unknown[]) => all[0] === first);
  expect(first?.settings.registration).toSatisfy(Object.isFrozen);
  await there.realms.replace(closed, 1);
  const changed = await here.realms.find('main');
  expect(changed).toMatchObject({ version: 2, settings: { registration: { open: false } } });
  expect(await here.realms.find('main')).toBe(changed);
});

test('an unknown realm is found as soon as another process has stored it', async () => {
  const { here, there } = storesOfBoth();
  expect(await here.realms.find('main')).toBeUndefined();
  await there.realms.insert(REALM);
  expect(await here.realms.find('main')).toMatchObject({ id: 'main', version: 1 });
});

test('keys are the same frozen objects until another process changes them, and the next read sees the change', async () => {
  const { here, there } = storesOfBoth();
  await here.keys.insert(KEY, undefined);
  const first = await here.keys.list('main');
  expect(await here.keys.list('main')).toBe(first);
  expect(first[0]?.publicJwk).toSatisfy(Object.isFrozen);
  const encrypted = { kind: 'encrypted', jwe: 'a.b.c' } as const;
  await there.keys.replacePrivateKey('main', 'a', encrypted);
  expect(await here.keys.list('main')).toEqual([{ ...KEY, privateKey: encrypted }]);
  await there.keys.insert({ ...KEY, kid: 'b' }, 'a');
  expect((await here.keys.list('main')).map(({ kid }) => kid)).toEqual(['b', 'a']);
  await there.keys.remove('main', 'a');
  expect((await here.keys.list('main')).map(({ kid }) => kid)).toEqual(['b']);
});
