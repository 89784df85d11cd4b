import fc from 'fast-check';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { judgeRegistration } from './judge-registration.ts';
import type { RedirectUri } from '../redirect-uri/redirect-uri.ts';
import type { Draft, Rule } from './rule.ts';
import { defineRule, withMetadata } from './rule.ts';
import { definePolicy } from './policy.ts';
import { dynamicClientPolicy } from './dynamic-client-policy.ts';
import { contextWith, judge, uri, basic } from '../../test/support/policy.ts';

test('the trace tells what each rule did', () => {
  const { trace } = judge(
    { redirect_uris: [uri, 'app:/cb'], scope: 'notes:admin notes:read', client_name: 'A\u202Eb' },
    { privateUseSchemes: false },
  );
  expect(trace.filter((entry) => entry.outcome !== 'kept')).toEqual([
    { rule: 'redirect-uris.private-use', outcome: 'narrowed', from: [uri, 'app:/cb'], to: [uri] },
    { rule: 'token-endpoint-auth-method.none', outcome: 'narrowed', from: undefined, to: 'none' },
    {
      rule: 'grant-types.supported',
      outcome: 'narrowed',
      from: undefined,
      to: ['authorization_code', 'refresh_token'],
    },
    { rule: 'response-types.code', outcome: 'narrowed', from: undefined, to: ['code'] },
    { rule: 'scope.open', outcome: 'narrowed', from: 'notes:admin notes:read', to: 'notes:read' },
    { rule: 'client-name.clean', outcome: 'narrowed', from: 'A\u202Eb', to: 'Ab' },
    { rule: 'application-type.known', outcome: 'narrowed', from: undefined, to: 'web' },
  ]);
});

describe('a policy of one’s own', () => {
  const policyWith = (rule: Rule): Rule => definePolicy('mine', 'a test', [dynamicClientPolicy, rule]);

  test(cite('may be stricter', 'vestibule:policy:own-rules'), () => {
    const rule = defineRule('mine.no', 'a test', () => ({
      outcome: 'refused',
      code: 'invalid_client_metadata',
      description: 'not today',
    }));
    expect(judgeRegistration(basic, policyWith(rule), contextWith())).toMatchObject({
      ok: false,
      refusal: { rule: 'mine.no' },
    });
  });

  test.each<Draft['metadata']>([
    { token_endpoint_auth_method: 'client_secret_basic' },
    { grant_types: ['client_credentials'] },
    { grant_types: ['authorization_code', 'client_credentials'] },
    { grant_types: ['authorization_code', 'authorization_code'] },
    { response_types: ['token'] },
    { response_types: ['code', 'token'] },
    { scope: 'notes:admin' },
    { scope: 'notes:read unknown' },
    { client_name: '' },
    { application_type: 'x' },
  ])(cite('cannot be looser: %j', 'vestibule:rules:whatever-the-policy'), (members) => {
    const rule = defineRule('mine.loose', 'a test', (draft) => ({
      outcome: 'kept',
      draft: withMetadata(draft, members),
    }));
    expect(() => judgeRegistration(basic, policyWith(rule), contextWith())).toThrow(
      /no dynamic client may have/,
    );
  });

  test.each<readonly RedirectUri[]>([
    [],
    [{ kind: 'https', raw: 'javascript:alert(1)', host: 'app.example' }],
  ])(cite('cannot bring in a redirect URI: %j', 'vestibule:rules:whatever-the-policy'), (...redirectUris) => {
    const rule = defineRule('mine.loose', 'a test', (draft) => ({
      outcome: 'kept',
      draft: { ...draft, redirectUris },
    }));
    expect(() => judgeRegistration(basic, policyWith(rule), contextWith())).toThrow(/left redirect_uris/);
  });

  test(cite('cannot be none at all', 'vestibule:rules:whatever-the-policy'), () => {
    expect(() => judgeRegistration(basic, definePolicy('none', 'a test', []), contextWith())).toThrow(
      /left redirect_uris/,
    );
  });
});

test(
  cite(
    'whatever the body, what is registered obeys the structural rules',
    'vestibule:rules:whatever-the-body',
    'rfc7591:2.1:always-both',
    'vestibule:metadata:round-trip',
  ),
  () => {
    const stray = fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.constant(null), fc.jsonValue());
    const often = (...usual: unknown[]) =>
      fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...usual) }, stray);
    const body = fc.record(
      {
        redirect_uris: fc.oneof(
          { weight: 5, arbitrary: fc.subarray([uri, 'http://localhost/cb', 'app:/cb', 'javascript:x']) },
          stray,
        ),
        token_endpoint_auth_method: often('none', 'client_secret_post', 'private_key_jwt'),
        grant_types: often(
          ['authorization_code'],
          ['refresh_token', 'authorization_code', 'password'],
          ['client_credentials'],
        ),
        response_types: often(['code'], ['code', 'token'], ['token']),
        client_name: often('Claude', 'A\u202Eb', ''),
        scope: often('notes:read', 'notes:admin', 'notes:read notes:admin claudeai'),
        application_type: often('native', 'web'),
        client_uri: often('https://a.example', 'javascript:x'),
      },
      { requiredKeys: [] },
    );
    let registered = 0;
    fc.assert(
      fc.property(body, fc.constantFrom('refuse', 'narrow'), (candidate, unsupportedTypes) => {
        const judgement = judge(candidate, { unsupportedTypes });
        if (!judgement.ok) return;
        registered += 1;
        const { metadata } = judgement;
        expect(metadata.token_endpoint_auth_method).toBe('none');
        expect(metadata.grant_types).toContain('authorization_code');
        expect(
          metadata.grant_types.every((grant) => ['authorization_code', 'refresh_token'].includes(grant)),
        ).toBe(true);
        expect(metadata.response_types).toEqual(['code']);
        expect(metadata.scope ?? '').not.toContain('notes:admin');
        expect(judge(metadata, { unsupportedTypes })).toMatchObject({ ok: true, metadata });
      }),
      { numRuns: 5_000 },
    );
    expect(registered).toBeGreaterThan(50);
  },
);
