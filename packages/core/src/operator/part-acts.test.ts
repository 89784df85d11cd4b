import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { ADA, realmWith } from '../../test/support/realm.ts';
import { setUp } from '../../test/support/set-up.ts';

const MAIL = { id: 'mail', name: 'Mail', resource: '/mail', scopes: ['notes:read'] };

const realmOf = async ({ realms }: ReturnType<typeof setUp>) => {
  const realm = await realms.find('main');
  if (realm === undefined) throw new Error('The realm is gone.');
  return realm;
};

describe('an API', () => {
  test(cite('is added, changed and removed, each with an event', 'vestibule:operator:apis'), async () => {
    const world = setUp(realmWith());
    const { operator, audit } = world;
    expect(await operator.apis.add(ADA, 'main', MAIL)).toEqual({ outcome: 'changed' });
    expect((await realmOf(world)).apis[1]).toEqual({
      ...MAIL,
      resource: 'https://id.example/mail',
      openToDynamicClients: false,
    });
    await operator.apis.issueSecret(ADA, 'main', 'mail');
    expect(await operator.apis.change(ADA, 'main', 'mail', { name: 'Post', dpop: 'required' })).toEqual({
      outcome: 'changed',
    });
    expect((await realmOf(world)).apis[1]).toMatchObject({ name: 'Post', dpop: 'required' });
    expect((await realmOf(world)).apis[1]?.secretHashes).toHaveLength(1);
    expect(await operator.apis.change(ADA, 'main', 'mail', { name: 'Post' })).toEqual({
      outcome: 'unchanged',
    });
    expect(await operator.apis.remove(ADA, 'main', 'mail')).toBe('removed');
    expect(await operator.apis.remove(ADA, 'main', 'mail')).toBe('missing');
    expect((await realmOf(world)).apis.map(({ id }) => id)).toEqual(['notes']);
    expect(audit.events).toMatchObject([
      { type: 'api.added', actor: ADA, of: 'mail', after: { name: 'Mail', scopes: ['notes:read'] } },
      { type: 'api-secret.issued', before: { secrets: 0 }, after: { secrets: 1 } },
      { type: 'api.changed', before: { name: 'Mail' }, after: { name: 'Post', dpop: 'required' } },
      { type: 'api.removed', before: { name: 'Post', secrets: 1 } },
    ]);
    expect(JSON.stringify(audit.events)).not.toContain('hash of');
  });

  test.each<[string, object, string]>([
    ['the id of another one', { ...MAIL, id: 'notes' }, 'id'],
    ['the resource of another one', { ...MAIL, resource: 'HTTPS://notes.example/mcp' }, 'resource'],
    ['an unknown scope', { ...MAIL, scopes: ['mail:read'] }, 'scopes[0]'],
    ['a path of the server', { ...MAIL, resource: '/connect/token' }, 'resource'],
    ['no allowed group', { ...MAIL, allowedGroups: [] }, 'allowedGroups'],
    ['a group that is no text', { ...MAIL, allowedGroups: [7] }, 'allowedGroups[0]'],
    ['an unknown member', { ...MAIL, secretHashes: ['x'] }, 'secretHashes'],
  ])('is refused with %s', async (_, document, place) => {
    const { operator, audit, realms } = setUp(realmWith());
    const refused = await operator.apis.add(ADA, 'main', document);
    expect(refused).toMatchObject({ outcome: 'refused' });
    expect(JSON.stringify(refused)).toContain(place);
    expect(audit.events).toEqual([]);
    expect(await realms.find('main')).toMatchObject({ version: 1 });
  });

  test('is for the people of some groups, and for every person again', async () => {
    const world = setUp(realmWith());
    const { operator, audit } = world;
    const change = (allowedGroups: readonly string[] | null) =>
      operator.apis.change(ADA, 'main', 'notes', { allowedGroups });
    expect(await change(['staff', 'agents', 'staff'])).toEqual({ outcome: 'changed' });
    expect((await realmOf(world)).apis[0]?.allowedGroups).toEqual(['staff', 'agents']);
    expect(await operator.apis.change(ADA, 'main', 'notes', { name: 'Pages' })).toEqual({
      outcome: 'changed',
    });
    expect((await realmOf(world)).apis[0]?.allowedGroups).toEqual(['staff', 'agents']);
    expect(await change([])).toMatchObject({ outcome: 'refused' });
    expect(await change(null)).toEqual({ outcome: 'changed' });
    expect(await change(null)).toEqual({ outcome: 'unchanged' });
    expect((await realmOf(world)).apis[0]).not.toHaveProperty('allowedGroups');
    expect(audit.events).toMatchObject([
      { type: 'api.changed', after: { allowedGroups: ['staff', 'agents'] } },
      { type: 'api.changed', after: { name: 'Pages' } },
      { type: 'api.changed', before: { allowedGroups: ['staff', 'agents'] } },
    ]);
  });

  test('is missing in an unknown realm, and if the realm does not have it', async () => {
    const { operator } = setUp(realmWith());
    expect(await operator.apis.add(ADA, 'nowhere', MAIL)).toEqual({ outcome: 'missing' });
    expect(await operator.apis.change(ADA, 'main', 'mail', { name: 'x' })).toEqual({ outcome: 'missing' });
  });

  test('is changed beside whatever else changes at the same moment', async () => {
    const world = setUp(realmWith());
    const { operator } = world;
    await Promise.all([
      operator.apis.add(ADA, 'main', MAIL),
      operator.apis.change(ADA, 'main', 'notes', { name: 'Pages' }),
      operator.scopes.add(ADA, 'main', { name: 'mail:read', description: 'Read mail' }),
      operator.gates.set(ADA, 'main', { gate: 'realm' }, false),
    ]);
    const realm = await realmOf(world);
    expect(realm.apis.map(({ name }) => name)).toEqual(['Pages', 'Mail']);
    expect(realm.scopes).toHaveLength(4);
    expect(realm.settings.registration?.open).toBe(false);
  });
});

describe('a scope', () => {
  test(
    cite('is added, changed and removed, also from the APIs that have it', 'vestibule:operator:scopes'),
    async () => {
      const world = setUp(realmWith());
      const { operator, audit } = world;
      const scope = { name: 'notes:share', description: 'Share notes' };
      expect(await operator.scopes.add(ADA, 'main', scope)).toEqual({ outcome: 'changed' });
      expect(await operator.scopes.add(ADA, 'main', scope)).toMatchObject({ outcome: 'refused' });
      const next = { description: 'Share your notes' };
      expect(await operator.scopes.change(ADA, 'main', scope.name, next)).toEqual({ outcome: 'changed' });
      expect(await operator.scopes.change(ADA, 'main', scope.name, next)).toEqual({ outcome: 'unchanged' });
      expect(await operator.scopes.change(ADA, 'main', 'x', next)).toEqual({ outcome: 'missing' });
      expect(await operator.scopes.remove(ADA, 'main', 'notes:write')).toBe('removed');
      expect(await operator.scopes.remove(ADA, 'main', 'notes:write')).toBe('missing');
      const realm = await realmOf(world);
      expect(realm.scopes.map(({ name }) => name)).toEqual(['notes:read', 'notes:admin', 'notes:share']);
      expect(realm.apis[0]?.scopes).toEqual(['notes:read', 'notes:admin']);
      expect(audit.events).toMatchObject([
        { type: 'scope.added', of: 'notes:share', after: { description: 'Share notes', apis: [] } },
        { type: 'scope.changed', before: { description: 'Share notes' }, after: next },
        { type: 'scope.removed', of: 'notes:write', before: { apis: ['notes'] } },
      ]);
    },
  );
});

describe('a realm', () => {
  test(cite('is added once, with every gate closed, and renamed', 'vestibule:operator:realms'), async () => {
    const { operator, realms, audit } = setUp(realmWith());
    const terms = { id: 'second', name: 'Second', issuer: 'https://second.example' };
    expect(await operator.realms.add(ADA, terms)).toEqual({ outcome: 'added' });
    expect(await realms.find('second')).toEqual({ ...terms, settings: {}, apis: [], scopes: [], version: 1 });
    expect(await operator.realms.add(ADA, { ...terms, id: 'third' })).toEqual({ outcome: 'exists' });
    expect(await operator.realms.add(ADA, { ...terms, issuer: 'https://x.example' })).toEqual({
      outcome: 'exists',
    });
    expect(await operator.realms.add(ADA, { ...terms, issuer: 'http://second.example' })).toMatchObject({
      outcome: 'refused',
      problems: [{ place: 'realm.issuer' }],
    });
    expect(await operator.realms.rename(ADA, 'second', 'Other')).toEqual({ outcome: 'changed' });
    expect(await operator.realms.rename(ADA, 'second', 'Other')).toEqual({ outcome: 'unchanged' });
    expect(await operator.realms.rename(ADA, 'nowhere', 'Other')).toEqual({ outcome: 'missing' });
    expect(await operator.realms.rename(ADA, 'second', '')).toMatchObject({ outcome: 'refused' });
    expect(audit.events).toMatchObject([
      { type: 'realm.added', realm: 'second', actor: ADA, after: { issuer: 'https://second.example' } },
      { type: 'realm.changed', realm: 'second', before: { name: 'Second' }, after: { name: 'Other' } },
    ]);
  });
});
