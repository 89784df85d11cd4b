import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { ADA, NOW, realmWith } from '../../test/support/realm.ts';
import { BODY, setUp } from '../../test/support/set-up.ts';

type World = ReturnType<typeof setUp>;

const KEYS = { keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }] };
const TERMS = {
  id: 'acme',
  name: 'Acme',
  redirectUris: ['https://acme.example/cb'],
  authentication: { method: 'client_secret_basic', secret: 'a-secret-of-the-operators-own-that-is-long' },
  access: [{ resource: 'https://notes.example/mcp', scopes: ['notes:read'] }],
} as const;

/** Each act, with the `before` and `after` of its events. */
const ACTS: readonly [
  name: string,
  act: (world: World) => Promise<unknown>,
  before: object | undefined,
  after: object | undefined,
][] = [
  [
    'gates.set',
    ({ operator }) => operator.gates.set(ADA, 'main', { gate: 'api', of: 'notes' }, false),
    { open: true },
    { open: false },
  ],
  [
    'settings.change',
    ({ operator }) => operator.settings.change(ADA, 'main', { set: { registration: { mode: 'both' } } }),
    { 'registration.mode': 'anonymous' },
    { 'registration.mode': 'both' },
  ],
  [
    'keys.replace',
    ({ operator }) => operator.keys.replace(ADA, 'main', { compromised: true }),
    {},
    { replaceMadeBefore: NOW, compromised: true },
  ],
  [
    'tokens.issue',
    ({ operator }) => operator.tokens.issue(ADA, 'main', { expiresAt: NOW + 1, maxUses: 2, note: 'Acme' }),
    undefined,
    { expiresAt: NOW + 1, maxUses: 2, note: 'Acme' },
  ],
  [
    'apis.issueSecret',
    ({ operator }) => operator.apis.issueSecret(ADA, 'main', 'notes'),
    { secrets: 0 },
    { secrets: 1 },
  ],
  ['apis.revokeSecrets', ({ operator }) => operator.apis.revokeSecrets(ADA, 'main', 'notes'), {}, {}],
  [
    'clients.change',
    ({ operator }) => operator.clients.change(ADA, 'main', 'acme', { name: 'Acme Mail' }),
    { name: 'Acme' },
    { name: 'Acme Mail' },
  ],
  [
    'clients.rotateSecret',
    ({ operator }) => operator.clients.rotateSecret(ADA, 'main', 'acme'),
    { secrets: 1 },
    { secrets: 2 },
  ],
  [
    'clients.block',
    ({ operator }) => operator.clients.block(ADA, 'main', 'acme'),
    { blocked: false },
    { blocked: true },
  ],
  [
    'clients.remove',
    ({ operator }) => operator.clients.remove(ADA, 'main', 'acme'),
    {
      name: 'Acme',
      redirectUris: ['https://acme.example/cb'],
      blocked: false,
      authentication: 'client_secret_basic',
      secrets: 1,
      access: ['https://notes.example/mcp notes:read'],
      rememberConsent: false,
    },
    undefined,
  ],
];

describe('the event of an act', () => {
  test.each(ACTS)(
    cite('%s names who it was, what was there before and what is there after', 'vestibule:operator:actor'),
    async (_, act, before, after) => {
      const world = setUp(realmWith());
      await world.operator.clients.add(ADA, 'main', TERMS);
      await act(world);
      const { at, actor, ...event } = Object.assign({ actor: undefined }, world.audit.events[1]);
      expect({ at, actor, before: Object(event).before, after: Object(event).after }).toEqual({
        at: NOW,
        actor: ADA,
        before,
        after,
      });
      expect(world.audit.events).toHaveLength(2);
    },
  );

  test(cite('holds no secret and no hash', 'vestibule:secrets:events'), async () => {
    const { operator, audit, registered } = setUp(realmWith({ management: { enabled: true } }));
    const { client_id: dynamic } = await registered(BODY);
    const fromRegistration = audit.events.length;
    await operator.clients.add(ADA, 'main', TERMS);
    await operator.clients.rotateSecret(ADA, 'main', 'acme');
    await operator.clients.endOldSecrets(ADA, 'main', 'acme');
    await operator.clients.remove(ADA, 'main', 'acme');
    await operator.clients.remove(ADA, 'main', dynamic);
    await operator.apis.issueSecret(ADA, 'main', 'notes');
    await operator.tokens.issue(ADA, 'main', { expiresAt: NOW + 1, maxUses: 1 });
    const text = JSON.stringify(audit.events.slice(fromRegistration));
    expect(text).toContain('"secrets":2');
    expect(text).not.toContain('hash of');
    expect(text).not.toMatch(/v[ci]t?s?_random|"vas_|operators-own/);
  });

  test('names the public keys of a client that are replaced', async () => {
    const { operator, audit } = setUp(realmWith());
    const authentication = { method: 'private_key_jwt', jwks: KEYS } as const;
    await operator.clients.add(ADA, 'main', { ...TERMS, authentication });
    await operator.clients.change(ADA, 'main', 'acme', { keys: { jwksUri: 'https://acme.example/keys' } });
    expect(audit.events[1]).toMatchObject({
      before: { keys: [JSON.stringify(KEYS.keys[0])] },
      after: { jwksUri: 'https://acme.example/keys' },
    });
  });

  test('is not written if nothing changes', async () => {
    const { operator, audit } = setUp(realmWith());
    await operator.clients.add(ADA, 'main', TERMS);
    const { access, name, redirectUris } = TERMS;
    expect(await operator.clients.change(ADA, 'main', 'acme', { access, name, redirectUris })).toMatchObject({
      outcome: 'unchanged',
      client: { version: 1 },
    });
    expect(await operator.settings.change(ADA, 'main', { set: realmWith().settings })).toEqual({
      outcome: 'unchanged',
    });
    expect(audit.events).toHaveLength(1);
  });
});
