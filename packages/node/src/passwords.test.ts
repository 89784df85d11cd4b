import { hash, verify } from '@node-rs/argon2';
import type { PersonStore } from '@vestibule/server';
import { createMemoryStores } from '@vestibule/server/memory';
import { expect, test } from 'vitest';
import { hashPassword, passwordAuthenticator } from './passwords.ts';

const { signal } = new AbortController();
const CHEAP = { memoryCost: 1_024, timeCost: 1 };
const DEAR = { memoryCost: 65_536, timeCost: 3 };
/** The same to a person, and other bytes: with a no-break space and an accent of its own. */
const TYPED = 'cafe\u0301\u00a0au lait';
const SAME = 'caf\u00e9 au lait';

/** Ada with a password hash, and every look at one counted by its cost. */
async function withAda(passwordHash: string) {
  const { people } = createMemoryStores();
  await people.insert({ realm: 'main', subject: 'ada', username: 'ada', name: 'Ada', passwordHash });
  const looks: string[] = [];
  const authenticate = passwordAuthenticator(people, (known, password) => {
    looks.push(costOf(known));
    return verify(known, password);
  });
  return {
    people,
    looks,
    signIn: async (password: string, username = 'ada') =>
      (await authenticate({ realm: 'main', username, password }, signal)) !== undefined,
    hash: async () => (await people.findBySubject('main', 'ada'))?.passwordHash ?? '',
  };
}

const costOf = (passwordHash: string): string => passwordHash.split('$', 4).join('$');
const today = costOf(await hashPassword('x'));

test.each([
  ['cheaper', CHEAP],
  ['dearer', DEAR],
])('a %s hash is replaced by one of today’s cost when its owner signs in', async (_, cost) => {
  const { signIn, hash: current } = await withAda(await hash('right', cost));
  expect(await signIn('wrong')).toBe(false);
  expect(costOf(await current())).not.toBe(today);
  expect(await signIn('right')).toBe(true);
  const replaced = await current();
  expect(costOf(replaced)).toBe(today);
  expect([await signIn('right'), await current(), await signIn('wrong')]).toEqual([true, replaced, false]);
});

test('an unknown name costs as much as one with a current hash, whatever is typed', async () => {
  const { looks, signIn } = await withAda(await hashPassword('right'));
  for (const password of ['wrong', TYPED]) {
    looks.length = 0;
    await signIn(password);
    const forAda = looks.splice(0);
    await signIn(password, 'nobody');
    expect(looks).toEqual(forAda);
  }
});

test('a person without a password costs as much as a wrong password, and never signs in with one', async () => {
  const { looks, signIn, people } = await withAda(await hashPassword('right'));
  await people.insert({ realm: 'main', subject: 'grace', username: 'grace', name: 'Grace' });
  for (const password of ['wrong', TYPED, '', 'undefined', 'null']) {
    looks.length = 0;
    expect(await signIn(password)).toBe(false);
    const forAda = looks.splice(0);
    expect(await signIn(password, 'grace')).toBe(false);
    expect(looks).toEqual(forAda);
  }
  const trusting = passwordAuthenticator(people, async () => true);
  const credentials = { realm: 'main', username: 'grace', password: 'any' };
  expect(await trusting(credentials, signal)).toBeUndefined();
  expect((await people.findBySubject('main', 'grace'))?.passwordHash).toBeUndefined();
});

test('after its owner has signed in a hash with another cost cannot be distinguished from an unknown name', async () => {
  const { looks, signIn } = await withAda(await hash('right', DEAR));
  await signIn('right');
  looks.length = 0;
  await signIn('wrong');
  await signIn('wrong', 'nobody');
  expect(looks).toEqual([today, today]);
});

test.each([
  [TYPED, SAME],
  [SAME, TYPED],
])('a password is the same however it is spelt: %j, then %j', async (first, second) => {
  const { signIn, hash: current } = await withAda(await hashPassword(first));
  const before = await current();
  expect([await signIn(first), await signIn(second), await current()]).toEqual([true, true, before]);
});

test('a hash of a password that was not normalized is still accepted, and is replaced', async () => {
  const { signIn, hash: current } = await withAda(await hash(TYPED));
  expect(await signIn(SAME)).toBe(false);
  expect(await signIn(TYPED)).toBe(true);
  expect(await verify(await current(), SAME)).toBe(true);
  expect([await signIn(SAME), await signIn(TYPED)]).toEqual([true, true]);
});

test.each<[string, (people: PersonStore) => Promise<unknown>, boolean]>([
  ['nothing', async () => undefined, true],
  ['the removal of the person', (people) => people.remove('main', 'ada'), false],
  ['another password', async (people) => replaceHash(people, await hash('other', CHEAP)), false],
  ['the removal of the password', (people) => replaceHash(people, undefined), false],
  [
    'another hash of the same password',
    async (people) => replaceHash(people, await hash('right', CHEAP)),
    true,
  ],
])(
  'after %s a password that was right holds only if it still is the password of the person',
  async (_, happen, holds) => {
    const { people } = await withAda(await hashPassword('right'));
    const authenticate = passwordAuthenticator(people);
    const authenticated = await authenticate({ realm: 'main', username: 'ada', password: 'right' }, signal);
    await happen(people);
    expect(await authenticated?.stillHolds?.()).toBe(holds);
  },
);

test('a sign-in verifies the password once if its hash does not change', async () => {
  const { people, looks } = await withAda(await hashPassword('right'));
  const authenticate = passwordAuthenticator(people, (known, password) => {
    looks.push(known);
    return verify(known, password);
  });
  const authenticated = await authenticate({ realm: 'main', username: 'ada', password: 'right' }, signal);
  expect(await authenticated?.stillHolds?.()).toBe(true);
  expect(looks).toHaveLength(1);
});

async function replaceHash(people: PersonStore, passwordHash: string | undefined): Promise<void> {
  const person = await people.findBySubject('main', 'ada');
  if (person === undefined) throw new Error('Ada is gone.');
  const { passwordHash: _old, ...others } = person;
  await people.replace({ ...others, ...(passwordHash !== undefined && { passwordHash }) }, person);
}
