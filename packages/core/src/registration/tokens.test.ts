import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { registrationOf } from '../client/client.ts';
import { ADA, realmWith } from '../../test/support/realm.ts';
import { BODY, setUp } from '../../test/support/set-up.ts';
import type { TokenTerms } from '../operator/token-acts.ts';
import { askGates } from '../gates/gates.ts';

const TOKENS = { mode: 'initial-access-token', coalesce: false } as const;
const refused = { outcome: 'unauthorized', token: 'invalid' };

test(
  cite(
    'a token registers as many clients as it has uses, and each event names it',
    'vestibule:initial-access-tokens:uses',
    'vestibule:initial-access-tokens:traced',
    'rfc7591:3:protected-registration',
  ),
  async () => {
    const { issue, register, registered, stored, audit, initialAccessTokens } = setUp(realmWith(TOKENS));
    const { token, record } = await issue({ maxUses: 2 });
    const { client_id } = await registered(BODY, { token });
    expect(await stored(client_id)).toMatchObject({ registration: { initialAccessTokenId: record.id } });
    await registered(BODY, { token });
    expect(await register(BODY, { token })).toEqual(refused);
    expect(audit.events.slice(1)).toMatchObject([
      { type: 'registration.accepted', initialAccessTokenId: record.id },
      { type: 'registration.accepted', initialAccessTokenId: record.id },
      { type: 'registration.unauthorized', reason: 'spent', initialAccessTokenId: record.id },
    ]);
    expect(await initialAccessTokens.findByHash('main', record.hash)).toMatchObject({ uses: 2 });
  },
);

test(
  cite(
    'as many concurrent registrations succeed as uses are left, and the others store nothing',
    'vestibule:initial-access-tokens:uses-at-once',
    'vestibule:initial-access-tokens:nothing-stored',
  ),
  async () => {
    const { issue, register, everyClient } = setUp(realmWith(TOKENS));
    const { token } = await issue({ maxUses: 3 });
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => register(BODY, { token })));
    expect(outcomes.filter(({ outcome }) => outcome === 'registered')).toHaveLength(3);
    expect(outcomes.filter(({ outcome }) => outcome === 'unauthorized')).toEqual(
      Array.from({ length: 7 }, () => refused),
    );
    expect(await everyClient()).toHaveLength(3);
  },
);

test(
  cite(
    'a token that is revoked between admission and registration registers no client',
    'vestibule:initial-access-tokens:revoked',
    'vestibule:initial-access-tokens:nothing-stored',
  ),
  async () => {
    const { issue, registrar, operator, everyClient, initialAccessTokens, audit } = setUp(realmWith(TOKENS));
    const { token, record } = await issue();
    const admission = await registrar.admit('main', sourceless, token);
    if (admission.outcome !== 'admitted') throw new Error(admission.outcome);
    await operator.tokens.revoke(ADA, 'main', record.id);
    expect(await registrar.register(admission, BODY)).toEqual(refused);
    expect(await everyClient()).toEqual([]);
    expect(await initialAccessTokens.findByHash('main', record.hash)).toMatchObject({ uses: 0 });
    expect(audit.events.at(-1)).toMatchObject({ type: 'registration.unauthorized' });
  },
);

const sourceless = {
  ip: '192.0.2.1',
  addressKey: 'a',
  network: 'n',
  organization: 'n',
  isWithin: () => false,
};

test(
  cite(
    'what the policy refuses uses nothing of a token up',
    'vestibule:initial-access-tokens:refusal-is-free',
  ),
  async () => {
    const { issue, register, initialAccessTokens } = setUp(realmWith(TOKENS));
    const { token, record } = await issue();
    expect(await register({}, { token })).toMatchObject({ outcome: 'refused' });
    expect(await initialAccessTokens.findByHash('main', record.hash)).toMatchObject({ uses: 0 });
    expect(await register(BODY, { token })).toMatchObject({ outcome: 'registered' });
  },
);

test(
  cite(
    'a registration with a token is stopped by no anonymous limit, and uses none',
    'vestibule:initial-access-tokens:lifts-limits',
  ),
  async () => {
    const strict = { perAddressPerHour: 0, perRedirectUrisPerHour: 0, perRealmPerDay: 0 };
    for (const limits of [strict, { attemptsPerAddressPerHour: 0 }]) {
      const { issue, register, quotas } = setUp(realmWith({ ...TOKENS, mode: 'both', limits }));
      const { token } = await issue();
      expect(await register(BODY)).toMatchObject({ outcome: 'limited' });
      expect(await register(BODY, { token })).toMatchObject({ outcome: 'registered' });
      expect([...quotas().values()].filter((uses) => uses > 0)).toEqual([]);
    }
  },
);

test(
  cite(
    'guessing tokens is limited, without an effect on valid tokens from the same address',
    'vestibule:initial-access-tokens:lifts-limits',
    'vestibule:limits:attempts',
  ),
  async () => {
    const limits = { attemptsPerAddressPerHour: 2 };
    const { issue, register } = setUp(realmWith({ ...TOKENS, limits }));
    const { token } = await issue({ maxUses: 2 });
    const spent = await issue({ maxUses: 0 });
    expect(await register(BODY, { token })).toMatchObject({ outcome: 'registered' });
    expect(await register(BODY, { token: 'vit_guess' })).toEqual(refused);
    expect(await register(BODY, { token: spent.token })).toEqual(refused);
    expect(await register(BODY, { token: 'vit_guess' })).toMatchObject({ outcome: 'limited' });
    expect(await register(BODY, { token: spent.token })).toMatchObject({ outcome: 'limited' });
    expect(await register(BODY, { token })).toMatchObject({ outcome: 'registered' });
  },
);

test(
  cite(
    'a registration that cannot be stored uses nothing of a token up',
    'vestibule:initial-access-tokens:failure-is-free',
  ),
  async () => {
    const { issue, register, initialAccessTokens, meanwhile } = setUp(realmWith(TOKENS));
    const { token, record } = await issue();
    meanwhile(() => Promise.reject(new Error('disk full')));
    await expect(register(BODY, { token })).rejects.toThrow('disk full');
    expect(await initialAccessTokens.findByHash('main', record.hash)).toMatchObject({ uses: 0 });
  },
);

test(
  cite(
    'a realm that has as many clients as it may refuses a token, too, and does not count its use',
    'vestibule:initial-access-tokens:lifts-limits',
    'vestibule:limits:awake-clients',
  ),
  async () => {
    const { issue, register, initialAccessTokens } = setUp(
      realmWith({ ...TOKENS, limits: { awakeClients: 0 } }),
    );
    const { token, record } = await issue();
    expect(await register(BODY, { token })).toEqual({ outcome: 'limited', retryAfter: 3_600 });
    expect(await initialAccessTokens.findByHash('main', record.hash)).toMatchObject({ uses: 0 });
  },
);

describe('what a token names', () => {
  const withHost = (host: string) => ({ ...BODY, redirect_uris: [`https://${host}/cb`] });
  const table: [string, TokenTerms['redirectHosts'], string, boolean][] = [
    ['a host that it names', ['agent.example'], 'agent.example', true],
    ['a host one label below', ['*.agent.example'], 'a.agent.example', true],
    ['a host that it does not name', ['agent.example'], 'other.example', false],
    ['a host that the realm alone allows', ['agent.example'], 'allowed.example', false],
    ['a host that the realm refuses', ['refused.example'], 'refused.example', false],
    ['no host at all', [], 'allowed.example', false],
    ['the realm’s hosts, where it names none', undefined, 'allowed.example', true],
    ['no others, where it names none', undefined, 'other.example', false],
  ];
  test.each(table)(
    cite('%s', 'vestibule:initial-access-tokens:redirect-hosts'),
    async (_, redirectHosts, host, isAccepted) => {
      const { issue, register } = setUp(
        realmWith({
          ...TOKENS,
          allowedRedirectHosts: ['allowed.example', 'refused.example'],
          refusedRedirectHosts: ['refused.example'],
        }),
      );
      const { token } = await issue({ ...(redirectHosts !== undefined && { redirectHosts }) });
      expect(await register(withHost(host), { token })).toMatchObject(
        isAccepted
          ? { outcome: 'registered' }
          : { outcome: 'refused', refusal: { rule: 'redirect-uris.accepted-host' } },
      );
    },
  );

  test('its hosts leave this computer as it is, and no private-use scheme', async () => {
    const { issue, register } = setUp(realmWith(TOKENS));
    const { token } = await issue({ maxUses: 2, redirectHosts: ['agent.example'] });
    const redirect_uris = ['http://localhost/cb', 'https://agent.example/cb'];
    expect(await register({ ...BODY, redirect_uris }, { token })).toMatchObject({
      outcome: 'registered',
      response: { redirect_uris },
    });
    const elsewhere = { ...BODY, redirect_uris: [...redirect_uris, 'app:/cb'] };
    expect(await register(elsewhere, { token })).toMatchObject({
      refusal: { rule: 'redirect-uris.accepted-host' },
    });
  });

  test.each<[string, readonly string[], string | undefined, string | undefined]>([
    ['are the bound of who names none', ['notes:read'], undefined, 'notes:read'],
    ['cut what is asked for', ['notes:read'], 'notes:read notes:write', 'notes:read'],
    ['are what is left, where nothing asked for can be had', ['notes:read'], 'claudeai', 'notes:read'],
    ['leave less as it is', ['notes:read', 'notes:write'], 'notes:write', 'notes:write'],
    ['open no scope', ['notes:read', 'notes:admin'], 'notes:read notes:admin', 'notes:read'],
    ['refuse who asks for others alone', ['notes:read'], 'notes:write', undefined],
    ['refuse everybody, where none of them is open', ['notes:admin'], undefined, undefined],
  ])(
    cite(
      'its scopes %s',
      'vestibule:initial-access-tokens:scopes',
      'vestibule:initial-access-tokens:rules-stand',
    ),
    async (_, scopes, asked, expected) => {
      const { issue, register } = setUp(realmWith(TOKENS));
      const { token } = await issue({ scopes });
      const outcome = await register({ ...BODY, ...(asked !== undefined && { scope: asked }) }, { token });
      expect(outcome).toMatchObject(
        expected === undefined
          ? { outcome: 'refused', refusal: { rule: 'initial-access-token.scopes' } }
          : { outcome: 'registered', response: { scope: expected } },
      );
    },
  );

  test(
    cite(
      'its APIs and scopes are kept with the client, and bound it wherever the gates are asked',
      'vestibule:initial-access-tokens:apis',
      'vestibule:initial-access-tokens:scopes',
    ),
    async () => {
      const realm = realmWith(TOKENS);
      const { issue, registered, stored } = setUp(realm);
      const [notes] = realm.apis;
      const resource = notes?.resource ?? '';
      for (const [resources, isOpen] of [
        [[resource], true],
        [['https://mail.example'], false],
        [[], false],
      ] as const) {
        const { token } = await issue({ resources, scopes: ['notes:read'] });
        const { client_id } = await registered(BODY, { token });
        const client = await stored(client_id);
        expect(registrationOf(client).bounds).toEqual({ resources, scopes: ['notes:read'] });
        const verdict = askGates({ realm, client, resource });
        expect(verdict).toMatchObject(
          isOpen ? { open: true, scopes: ['notes:read'] } : { open: false, gate: 'api' },
        );
      }
    },
  );

  test('nothing is kept where it names nothing', async () => {
    const { issue, registered, stored } = setUp(realmWith(TOKENS));
    const { token } = await issue({ note: 'for Ada' });
    const { client_id } = await registered(BODY, { token });
    expect(await stored(client_id)).not.toHaveProperty('registration.bounds');
  });
});

test.each<[rule: string, body: object]>([
  ['grant-types.client-credentials', { grant_types: ['authorization_code', 'client_credentials'] }],
  ['grant-types.supported', { grant_types: ['authorization_code', 'implicit'] }],
  ['response-types.code', { response_types: ['token'] }],
  ['redirect-uris.http-host', { redirect_uris: ['http://agent.example/cb'] }],
  ['redirect-uris.scheme', { redirect_uris: ['javascript:alert(1)'] }],
  ['client-name.reserved', { client_name: 'Acme' }],
])(
  cite('whatever a token names, it loosens no rule: %s', 'vestibule:initial-access-tokens:rules-stand'),
  async (rule, body) => {
    const { issue, register } = setUp(realmWith({ ...TOKENS, reservedNames: ['Acme'] }));
    const { token } = await issue({ redirectHosts: ['agent.example'], scopes: ['notes:read'] });
    expect(
      await register({ ...BODY, redirect_uris: ['https://agent.example/cb'], ...body }, { token }),
    ).toMatchObject({ outcome: 'refused', refusal: { rule } });
  },
);

test(
  cite('a token creates no secret, and opens no gate', 'vestibule:initial-access-tokens:rules-stand'),
  async () => {
    const { issue, register } = setUp(realmWith(TOKENS));
    const { token } = await issue({ scopes: ['notes:admin', 'notes:read'] });
    const outcome = await register({ ...BODY, token_endpoint_auth_method: 'client_secret_basic' }, { token });
    expect(outcome).toMatchObject({
      response: { token_endpoint_auth_method: 'none', scope: 'notes:read' },
    });
    expect(outcome).not.toHaveProperty('response.client_secret');
    const closed = setUp(realmWith({ ...TOKENS, open: false }));
    const issued = await closed.issue();
    expect(await closed.register(BODY, { token: issued.token })).toEqual({ outcome: 'closed' });
  },
);
