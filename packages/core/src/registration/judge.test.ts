import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { realmWith, type Registration } from '../../test/support/realm.ts';
import { BODY, setUp } from '../../test/support/set-up.ts';

const candidate = { privateUseSchemes: false, reservedNames: ['Acme'] } as const;
const only = { ...BODY, redirect_uris: ['app:/cb'] };

describe('a candidate policy', () => {
  test.each<[string, Registration['candidate'], object, string]>([
    ['stricter with schemes', candidate, only, 'redirect-uris.private-use'],
    ['stricter with names', candidate, { ...BODY, client_name: 'Acme' }, 'client-name.reserved'],
    ['stricter with hosts', { allowedRedirectHosts: ['other.example'] }, BODY, 'redirect-uris.accepted-host'],
    ['refusing hosts', { refusedRedirectHosts: ['*.example'] }, BODY, 'redirect-uris.accepted-host'],
  ])(
    cite(
      '%s changes nothing, and what it would have refused is recorded',
      'vestibule:policy:candidate-changes-nothing',
      'vestibule:policy:candidate-recorded',
    ),
    async (_, trial, body, rule) => {
      const without = setUp();
      const withIt = setUp(realmWith({ candidate: trial ?? {} }));
      const answer = await without.registered(body);
      expect(await withIt.registered(body)).toEqual(answer);
      expect(await withIt.stored(answer.client_id)).toEqual(await without.stored(answer.client_id));
      expect(withIt.quotas()).toEqual(without.quotas());
      const [accepted, would, ...more] = withIt.audit.events;
      expect(accepted).toEqual(without.audit.events[0]);
      expect(would).toMatchObject({
        type: 'registration.would-refuse',
        clientId: answer.client_id,
        rule,
        description: expect.stringContaining(`[${rule}]`),
        ip: '192.0.2.1',
      });
      expect(more).toEqual([]);
    },
  );

  test.each<[string, object]>([
    ['both accept', BODY],
    ['both refuse', {}],
    ['the candidate only narrows', { ...BODY, redirect_uris: ['app:/cb', 'https://app.example/cb'] }],
  ])(cite('takes nothing down of what %s', 'vestibule:policy:candidate-silent'), async (_, body) => {
    const { register, types } = setUp(realmWith({ candidate }));
    await register(body);
    expect(types()).not.toContain('registration.would-refuse');
  });

  test('is as strict as the realm where it says nothing else', async () => {
    const { registrar } = setUp(realmWith({ candidate: {}, unsupportedTypes: 'narrow' }));
    const grant_types = ['authorization_code', 'implicit'];
    expect(await registrar.preview('main', { ...BODY, grant_types })).not.toHaveProperty('candidateRefusal');
    const stricter = setUp(
      realmWith({ candidate: { unsupportedTypes: 'refuse' }, unsupportedTypes: 'narrow' }),
    );
    expect(await stricter.registrar.preview('main', { ...BODY, grant_types })).toMatchObject({
      ok: true,
      candidateRefusal: { rule: 'grant-types.supported' },
    });
  });

  test(
    cite(
      'looks at updates too',
      'vestibule:policy:candidate-recorded',
      'vestibule:policy:candidate-changes-nothing',
    ),
    async () => {
      const { registered, registrar, audit, change } = setUp(realmWith({ management: { enabled: true } }));
      const { client_id: clientId, registration_access_token: token } = await registered(only);
      await change(realmWith({ management: { enabled: true }, candidate }));
      const source = {
        ip: '192.0.2.9',
        addressKey: 'a',
        network: 'n',
        organization: 'n',
        isWithin: () => false,
      };
      const request = { realm: 'main', clientId, token, source };
      expect(await registrar.update(request, { ...only, client_id: clientId })).toMatchObject({
        outcome: 'updated',
      });
      expect(audit.events.slice(-2)).toMatchObject([
        { type: 'client.updated', clientId },
        { type: 'registration.would-refuse', clientId, rule: 'redirect-uris.private-use', ip: '192.0.2.9' },
      ]);
    },
  );
});

test(
  cite(
    'every rule says in the trace what it did, with what it was and what it became',
    'vestibule:policy:trace',
    'vestibule:policy:preview',
  ),
  async () => {
    const { registrar, audit, quotas, everyClient } = setUp(
      realmWith({ privateUseSchemes: false, reservedNames: ['Acme'] }),
    );
    const body = {
      redirect_uris: ['app:/cb', 'https://app.example/cb'],
      client_name: 'Acme\u200B',
      scope: 'claudeai',
      token_endpoint_auth_method: 'client_secret_post',
      grant_types: ['authorization_code'],
      contacts: [],
    };
    const judged = await registrar.preview('main', body);
    const told = new Map(judged?.trace.map((entry) => [entry.rule, entry]));
    expect([...told.values()]).toMatchObject([
      { rule: 'redirect-uris.count', outcome: 'kept' },
      { rule: 'redirect-uris.form', outcome: 'kept' },
      { rule: 'redirect-uris.own-host', outcome: 'kept' },
      { rule: 'redirect-uris.accepted-host', outcome: 'kept' },
      {
        rule: 'redirect-uris.private-use',
        outcome: 'narrowed',
        from: body.redirect_uris,
        to: ['https://app.example/cb'],
      },
      { rule: 'redirect-uris.private-use-query', outcome: 'kept' },
      { rule: 'redirect-uris.acting-scheme', outcome: 'kept' },
      {
        rule: 'token-endpoint-auth-method.none',
        outcome: 'narrowed',
        from: 'client_secret_post',
        to: 'none',
      },
      { rule: 'grant-types.client-credentials', outcome: 'kept' },
      { rule: 'grant-types.supported', outcome: 'kept' },
      { rule: 'grant-types.authorization-code', outcome: 'kept' },
      { rule: 'response-types.code', outcome: 'narrowed', from: undefined, to: ['code'] },
      { rule: 'scope.open', outcome: 'dropped', from: 'claudeai' },
      { rule: 'initial-access-token.scopes', outcome: 'kept' },
      { rule: 'languages.count', outcome: 'kept' },
      { rule: 'client-name.clean', outcome: 'narrowed', from: 'Acme\u200B', to: 'Acme' },
      { rule: 'client-name.languages', outcome: 'kept' },
      { rule: 'client-name.reserved', outcome: 'refused', description: expect.any(String) },
    ]);
    expect([audit.events, await everyClient(), quotas().size]).toEqual([[], [], 0]);
  },
);
