import { parseRealmDocument, realmSettings } from '@vestibule/core/realm';
import { hashPassword } from '@vestibule/node';
import { describe, expect, test } from 'vitest';
import { DEMO_PERSON, isPublic, refuseDemoPasswords, refuseDemoPeople } from './demo-password.ts';

const HERE = 'http://localhost:4000';
const WORLD = 'https://id.example';

test.each<[string | undefined, readonly string[], boolean]>([
  [undefined, [HERE], false],
  ['127.0.0.1', [HERE, 'http://127.0.0.1:4000/realms/acme', 'http://[::1]:4000'], false],
  ['127.1.2.3', [HERE], false],
  [undefined, ['https://127.0.0.2', 'https://id.localhost'], false],
  ['localhost', [HERE], false],
  ['::1', [HERE], false],
  ['0.0.0.0', [HERE], true],
  ['::', [HERE], true],
  ['192.0.2.1', [HERE], true],
  [undefined, [WORLD], true],
  ['127.0.0.1', [WORLD], true],
  [undefined, [HERE, WORLD], true],
])('other computers can reach host %s with the issuers %j: %s', (host, issuers, expected) => {
  expect(isPublic({ host }, issuers)).toBe(expected);
});

describe('the demo password', () => {
  const described = (person: object, issuer = HERE) => {
    const realm = { id: 'main', name: 'Main' };
    const people = [{ username: 'ada', name: 'Ada', ...person }];
    const parsed = parseRealmDocument({ realm, people }, issuer);
    return parsed.ok ? [{ document: parsed.value, file: 'seed.json' }] : [];
  };

  test.each([
    ['a public address', { host: '0.0.0.0', issuer: HERE }, { password: 'correct horse' }, HERE],
    ['a public issuer', { host: undefined, issuer: WORLD }, { password: 'correct horse' }, WORLD],
    ['a public issuer of a realm', { host: undefined, issuer: HERE }, { password: 'correct horse' }, WORLD],
    ['another person', { host: '::', issuer: HERE }, { username: 'bob', password: 'correct horse' }, HERE],
    ['another spelling', { host: '::', issuer: HERE }, { password: 'correct\u00A0horse' }, HERE],
  ])('in a seed is refused with %s', async (_, config, person, issuer) => {
    await expect(refuseDemoPasswords(config, described(person, issuer))).rejects.toThrow(
      /^SEED=seed\.json: people\[0\]\.password is the demo password, which is public/,
    );
  });

  test.each([
    ['with a loopback address', { host: undefined, issuer: HERE }, { password: 'correct horse' }],
    ['if it is another password', { host: '0.0.0.0', issuer: HERE }, { password: 'a password of their own' }],
  ])('in a seed is accepted %s', async (_, config, person) => {
    await expect(refuseDemoPasswords(config, described(person))).resolves.toBeUndefined();
  });

  test('in a seed is refused as a hash too, and accepted with a loopback address', async () => {
    const seeds = described({ passwordHash: await hashPassword(DEMO_PERSON.password) });
    await expect(refuseDemoPasswords({ host: '0.0.0.0', issuer: HERE }, seeds)).rejects.toThrow(
      /^SEED=seed\.json: people\[0\]\.passwordHash is a hash of the demo password, which is public/,
    );
    await expect(refuseDemoPasswords({ host: undefined, issuer: HERE }, seeds)).resolves.toBeUndefined();
  });

  const realm = { id: 'main', name: 'Main', issuer: HERE, settings: realmSettings(), apis: [], scopes: [] };
  const peopleWith = async (password: string) => {
    const person = { realm: 'main', subject: 's', username: 'ada', name: 'Ada' };
    const stored = { ...person, passwordHash: await hashPassword(password) };
    return { findByUsername: async (_: string, name: string) => (name === 'ada' ? stored : undefined) };
  };

  test('in the database is refused with a public address, and accepted with a loopback address', async () => {
    const people = await peopleWith(DEMO_PERSON.password);
    await expect(refuseDemoPeople({ host: '0.0.0.0', issuer: HERE }, [realm], people)).rejects.toThrow(
      /^ada in the realm main has the demo password/,
    );
    await expect(
      refuseDemoPeople({ host: undefined, issuer: HERE }, [realm], people),
    ).resolves.toBeUndefined();
  });

  test('is not assumed if ada has another password', async () => {
    const people = await peopleWith('a password of her own');
    await expect(
      refuseDemoPeople({ host: '0.0.0.0', issuer: HERE }, [realm], people),
    ).resolves.toBeUndefined();
  });
});
