import type { AuditEvent } from '@vestibule/core/audit';
import { type Realm, withDefaultSettings } from '@vestibule/core/realm';
import { NOW } from '@vestibule/testing/now';
import { EMPTY_REALM } from '@vestibule/testing/realm';
import { randomBytes } from 'node:crypto';
import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { createMemoryStores } from '../memory/index.ts';
import { createClientSealer } from './client-sealer.ts';
import { createKeyCipher, type KeyCipher, plainKeys } from './key-cipher.ts';

const DAY = 86_400;

const realmOf = (id = 'main', settings: Parameters<typeof withDefaultSettings>[0] = {}): Realm => ({
  ...EMPTY_REALM,
  id,
  settings: withDefaultSettings(settings),
});

/** A store of keys, and processes that share it. */
function setUp() {
  const { keys, commit } = createMemoryStores();
  const events: AuditEvent[] = [];
  let now = NOW;
  let lists = 0;
  const counted = {
    ...keys,
    list: (realm: string) => {
      lists += 1;
      return keys.list(realm);
    },
  };
  const audit = { record: async (event: AuditEvent) => void events.push(event) };
  return {
    keys,
    events,
    process: (cipher: KeyCipher = plainKeys) =>
      createClientSealer({ keys: counted, commit, cipher, audit, clock: () => now }),
    pass: (seconds: number) => void (now += seconds * 1_000),
    now: () => now,
    lists: () => lists,
  };
}

const TEXT = JSON.stringify([NOW, NOW, { client_name: 'Ferns', redirect_uris: ['http://127.0.0.1/cb'] }]);

test('opens what it sealed, which has at most 1,024 unreserved characters', async () => {
  const sealer = setUp().process();
  for (const text of ['', 'x', TEXT, 'é'.repeat(50), 'a'.repeat(16_384)]) {
    const id = await sealer.seal(realmOf(), text);
    expect(id).toMatch(/^[A-Za-z0-9\-._~]{1,1024}$/);
    expect(await sealer.open(realmOf(), id ?? '')).toBe(text);
  }
});

test('seals the same text differently each time, and reveals nothing of it', async () => {
  const sealer = setUp().process();
  const ids = await Promise.all(Array.from({ length: 20 }, () => sealer.seal(realmOf(), TEXT)));
  expect(new Set(ids).size).toBe(20);
  const bytes = ids.map((id) => Buffer.from(id?.split('.')[2] ?? '', 'base64url').toString('latin1'));
  expect(bytes.filter((text) => text.includes('Ferns'))).toEqual([]);
});

test.each([
  ['is random and long', randomBytes(1_000).toString('base64')],
  ['is longer than any registration', 'a'.repeat(16_385)],
])('does not seal a text that %s', async (_, text) => {
  expect(await setUp().process().seal(realmOf(), text)).toBeUndefined();
});

test('opens nothing in which one bit is changed, wherever it is', async () => {
  const sealer = setUp().process();
  const id = (await sealer.seal(realmOf(), TEXT)) ?? '';
  const [version = '', key = '', encoded = ''] = id.split('.');
  const bytes = Buffer.from(encoded, 'base64url');
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    expect(
      await sealer.open(realmOf(), [version, key, changed.toString('base64url')].join('.')),
    ).toBeUndefined();
  }
  for (let length = 0; length < id.length; length += 1) {
    expect(await sealer.open(realmOf(), id.slice(0, length))).toBeUndefined();
  }
});

test('opens one spelling of each id only', async () => {
  const sealer = setUp().process();
  // One of three lengths has no spare bits, and two have.
  for (const text of ['a', 'bcd', 'efghi', 'jklmnop']) {
    const id = (await sealer.seal(realmOf(), text)) ?? '';
    const others = [
      `${id}=`,
      `${id}A`,
      `${id}\n`,
      ` ${id}`,
      id.replaceAll('-', '+'),
      id.toUpperCase(),
      `${id}.`,
    ];
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    for (const last of alphabet) others.push(`${id.slice(0, -1)}${last}`);
    for (const other of others.filter((one) => one !== id)) {
      expect(await sealer.open(realmOf(), other)).toBeUndefined();
    }
    expect(await sealer.open(realmOf(), id)).toBe(text);
  }
});

test(
  cite('opens nothing of another version, realm, key or server', 'vestibule:persistence:sealed'),
  async () => {
    const here = setUp();
    const sealer = here.process();
    const id = (await sealer.seal(realmOf(), TEXT)) ?? '';
    const other = (await sealer.seal(realmOf('other'), TEXT)) ?? '';
    const elsewhere = (await setUp().process().seal(realmOf(), TEXT)) ?? '';
    const [, key = '', rest = ''] = id.split('.');
    const [, otherKey = '', otherRest = ''] = other.split('.');
    for (const wrong of [
      `sealed2.${key}.${rest}`,
      `Sealed1.${key}.${rest}`,
      `sealed1.${otherKey}.${rest}`,
      `sealed1.${key}.${otherRest}`,
      other,
      elsewhere,
      '',
      'sealed1',
      'sealed1..',
      `sealed1.${key}.`,
    ]) {
      expect(await sealer.open(realmOf(), wrong)).toBeUndefined();
    }
    expect(await sealer.open(realmOf('other'), id)).toBeUndefined();
  },
);

test('shares its keys between processes, and asks the store once for each of them', async () => {
  const { process, lists, events, keys } = setUp();
  const [one, other] = [process(), process()];
  const ids = await Promise.all(
    Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? one : other).seal(realmOf(), String(i))),
  );
  const asked = lists();
  for (const [i, id] of ids.entries()) {
    expect(await one.open(realmOf(), id ?? '')).toBe(String(i));
    expect(await other.open(realmOf(), id ?? '')).toBe(String(i));
  }
  expect(lists()).toBe(asked);
  expect(await keys.list('main:sealing')).toHaveLength(1);
  expect(events).toMatchObject([{ type: 'sealing-key.made', realm: 'main' }]);
  // The keys that sign tokens are others.
  expect(await keys.list('main')).toEqual([]);
});

test(
  cite(
    'rotates its keys, and keeps each until the last client that it sealed has expired',
    'vestibule:persistence:keys',
  ),
  async () => {
    const { process, pass, keys, events } = setUp();
    const settings = { keys: { rotateAfter: 20 * DAY }, lifecycle: { deferred: 30 * DAY } };
    const realm = realmOf('main', settings);
    const [one, other] = [process(), process()];
    const first = (await one.seal(realm, 'first')) ?? '';
    pass(20 * DAY - 1);
    const last = (await one.seal(realm, 'last')) ?? '';
    pass(1);
    const second = (await other.seal(realm, 'second')) ?? '';
    expect(first.split('.')[1]).toBe(last.split('.')[1]);
    expect(second.split('.')[1]).not.toBe(last.split('.')[1]);
    pass(20 * DAY);
    await one.seal(realm, 'third');
    for (const sealer of [one, other, process()]) {
      expect(await sealer.open(realm, last)).toBe('last');
      expect(await sealer.open(realm, second)).toBe('second');
    }
    pass(20 * DAY);
    await one.seal(realm, 'fourth');
    expect(await process().open(realm, last)).toBeUndefined();
    expect(await process().open(realm, second)).toBe('second');
    expect(await keys.list('main:sealing')).toHaveLength(3);
    expect(events.filter(({ type }) => type === 'sealing-key.retired')).toHaveLength(1);
  },
);

test('seals with a new key at once if an operator replaces the keys', async () => {
  const { process, now, pass } = setUp();
  const sealer = process();
  const id = (await sealer.seal(realmOf(), TEXT)) ?? '';
  pass(10);
  const replaced = realmOf('main', { keys: { replaceMadeBefore: now() } });
  const next = (await sealer.seal(replaced, TEXT)) ?? '';
  expect(next.split('.')[1]).not.toBe(id.split('.')[1]);
  expect(await sealer.open(replaced, id)).toBe(TEXT);
});

test('opens nothing that was sealed with a compromised key', async () => {
  const { process, now, pass, keys } = setUp();
  const [one, other] = [process(), process()];
  const id = (await one.seal(realmOf(), TEXT)) ?? '';
  expect(await other.open(realmOf(), id)).toBe(TEXT);
  pass(10);
  const replaced = realmOf('main', { keys: { replaceMadeBefore: now(), compromised: true } });
  for (const sealer of [one, other]) expect(await sealer.open(replaced, id)).toBeUndefined();
  await one.seal(replaced, TEXT);
  await other.seal(replaced, TEXT);
  expect(await keys.list('main:sealing')).toHaveLength(1);
  for (const sealer of [one, other, process()]) expect(await sealer.open(replaced, id)).toBeUndefined();
});

test('stores its keys encrypted, and encrypts them again under a newer secret', async () => {
  const { process, keys } = setUp();
  const [old, next] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')];
  const id = (await process(await createKeyCipher([old])).seal(realmOf(), TEXT)) ?? '';
  const [before] = await keys.list('main:sealing');
  expect(before?.privateKey.kind).toBe('encrypted');
  expect(await process(await createKeyCipher([next, old])).open(realmOf(), id)).toBe(TEXT);
  expect(await process(await createKeyCipher([next])).open(realmOf(), id)).toBe(TEXT);
});

test('seals again after the secret of its keys was lost and an operator replaced them', async () => {
  const { process, now, pass, keys } = setUp();
  const [lost, next] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')];
  const id = (await process(await createKeyCipher([lost])).seal(realmOf(), TEXT)) ?? '';
  const sealer = process(await createKeyCipher([next]));
  await expect(sealer.seal(realmOf(), TEXT)).rejects.toThrow('encrypted under a secret that is not here');
  pass(10);
  const replaced = realmOf('main', { keys: { replaceMadeBefore: now(), compromised: true } });
  expect(await sealer.open(replaced, id)).toBeUndefined();
  expect(await sealer.open(replaced, (await sealer.seal(replaced, TEXT)) ?? '')).toBe(TEXT);
  expect(await keys.list('main:sealing')).toHaveLength(1);
});
