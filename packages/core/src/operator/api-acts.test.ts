import { describe, expect, test } from 'vitest';
import { ADA, NOW } from '../../test/support/realm.ts';
import { setUp } from '../../test/support/set-up.ts';

const hashesOf = async ({ realms }: ReturnType<typeof setUp>) =>
  (await realms.find('main'))?.apis.find(({ id }) => id === 'notes')?.secretHashes ?? [];

describe('the secret of an API', () => {
  test('is returned once and stored only as a hash', async () => {
    const all = setUp();
    const issued = await all.operator.apis.issueSecret(ADA, 'main', 'notes');
    if (issued.outcome !== 'issued') throw new Error(issued.outcome);
    expect(issued.secret).toMatch(/^vas_.{8,}$/);
    expect(await hashesOf(all)).toEqual([`hash of api-secret:${issued.secret}`]);
    expect(all.audit.events).toEqual([
      {
        type: 'api-secret.issued',
        realm: 'main',
        at: NOW,
        actor: ADA,
        of: 'notes',
        before: { secrets: 0 },
        after: { secrets: 1 },
      },
    ]);
  });

  test('stays valid beside the next one, and no longer', async () => {
    const all = setUp();
    const seen: (readonly string[])[] = [];
    for (let n = 0; n < 3; n += 1) {
      await all.operator.apis.issueSecret(ADA, 'main', 'notes');
      seen.push(await hashesOf(all));
    }
    const [first, second, third] = seen;
    expect(second).toEqual([expect.any(String), first?.[0]]);
    expect(third).toEqual([expect.any(String), second?.[0]]);
  });

  test('is set beside whatever else changes at the same moment', async () => {
    const all = setUp();
    await Promise.all([
      all.operator.apis.issueSecret(ADA, 'main', 'notes'),
      all.operator.gates.set(ADA, 'main', { gate: 'realm' }, false),
    ]);
    expect(await hashesOf(all)).toHaveLength(1);
    expect(await all.realms.find('main')).toMatchObject({ settings: { registration: { open: false } } });
  });

  test('is revoked with all the others', async () => {
    const all = setUp();
    await all.operator.apis.issueSecret(ADA, 'main', 'notes');
    expect(await all.operator.apis.revokeSecrets(ADA, 'main', 'notes')).toBe('revoked');
    expect(await hashesOf(all)).toEqual([]);
    expect(all.audit.events.at(-1)).toMatchObject({ type: 'api-secret.revoked', of: 'notes' });
  });

  test.each([
    ['nowhere', 'notes'],
    ['main', 'mail'],
  ])('is missing in the realm %s for the API %s, which does not exist', async (realm, api) => {
    const all = setUp();
    expect(await all.operator.apis.issueSecret(ADA, realm, api)).toEqual({ outcome: 'missing' });
    expect(await all.operator.apis.revokeSecrets(ADA, realm, api)).toBe('missing');
    expect(all.audit.events).toEqual([]);
  });
});
