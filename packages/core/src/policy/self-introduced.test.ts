import fc from 'fast-check';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import type { ClientMetadata } from '../metadata/client-metadata.ts';
import type { Scope } from '../realm/realm.ts';
import type { RegistrationSettings } from '../realm/settings.ts';
import { realmSettings } from '../realm/settings.ts';
import { judgeRegistration } from './judge-registration.ts';
import type { RedirectUri } from '../redirect-uri/redirect-uri.ts';
import type { Draft, PolicyContext, Rule } from './rule.ts';
import { defineRule, withMetadata } from './rule.ts';
import { definePolicy } from './policy.ts';
import { dynamicClientPolicy } from './self-introduced.ts';

const scope = (name: string, openToDynamicClients: boolean): Scope => ({
  name,
  description: name,
  openToDynamicClients,
});
const scopes = [scope('notes:read', true), scope('notes:write', true), scope('notes:admin', false)];

const contextWith = (settings: Partial<RegistrationSettings> = {}): PolicyContext => ({
  settings: { ...realmSettings().registration, ...settings },
  scopes,
});
const judge = (body: unknown, settings?: Partial<RegistrationSettings>) =>
  judgeRegistration(body, dynamicClientPolicy, contextWith(settings));

const uri = 'https://app.example/cb';
const basic = { redirect_uris: [uri] };

describe('registers', () => {
  const table: [string, ClientMetadata, ClientMetadata, Partial<RegistrationSettings>?][] = [
    [
      cite(
        'the least that can be sent, with every default',
        'rfc7591:2:auth-method-default',
        'rfc7591:2:grant-types-default',
        'rfc7591:2:response-types-default',
        'rfc7591:2:client-name-missing',
      ),
      basic,
      {
        redirect_uris: [uri],
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        client_name: 'app.example',
        application_type: 'web',
      },
    ],
    [
      cite('no secret, though one was asked for', 'rfc7591:2:auth-method-replaced'),
      { ...basic, token_endpoint_auth_method: 'client_secret_post' },
      { token_endpoint_auth_method: 'none' },
    ],
    [
      cite('no key, though one was meant', 'rfc7591:2:auth-method-replaced'),
      { ...basic, token_endpoint_auth_method: 'private_key_jwt' },
      { token_endpoint_auth_method: 'none' },
    ],
    [
      'a client that wants no refresh tokens',
      { ...basic, grant_types: ['authorization_code'] },
      { grant_types: ['authorization_code'] },
    ],
    [
      'each grant once',
      { ...basic, grant_types: ['authorization_code', 'authorization_code'] },
      { grant_types: ['authorization_code'] },
    ],
    [
      cite('what is left of the grants where the realm narrows', 'rfc7591:2:grant-types-narrowed'),
      { ...basic, grant_types: ['authorization_code', 'urn:ietf:params:oauth:grant-type:device_code'] },
      { grant_types: ['authorization_code'] },
      { unsupportedTypes: 'narrow' },
    ],
    [
      cite('code where the realm narrows', 'rfc7591:2:response-types-narrowed'),
      { ...basic, response_types: ['code', 'id_token'] },
      { response_types: ['code'] },
      { unsupportedTypes: 'narrow' },
    ],
    [
      cite('each redirect URI once', 'rfc7591:2:redirect-uris-kept'),
      { redirect_uris: [uri, uri] },
      { redirect_uris: [uri] },
    ],
    [
      cite('ten redirect URIs', 'vestibule:metadata:redirect-uri-count'),
      { redirect_uris: Array.from({ length: 10 }, (_, i) => `${uri}${i}`) },
      {},
    ],
    [
      cite('the scopes that are open', 'rfc7591:2:scope-open'),
      { ...basic, scope: 'notes:read notes:admin' },
      { scope: 'notes:read' },
    ],
    [
      cite('the scopes that are known', 'rfc7591:2:scope-open'),
      { ...basic, scope: 'notes:read offline_access' },
      { scope: 'notes:read' },
    ],
    [
      cite('a native client by a loopback URI', 'vestibule:metadata:application-type'),
      { redirect_uris: [uri, 'http://localhost/cb'] },
      { application_type: 'native' },
    ],
    [
      cite('a native client by a private-use scheme', 'vestibule:metadata:application-type'),
      { redirect_uris: ['app:/cb'] },
      { application_type: 'native' },
    ],
    [
      cite('a type that was given', 'vestibule:metadata:application-type'),
      { redirect_uris: ['http://localhost/cb'], application_type: 'web' },
      { application_type: 'web' },
    ],
    [
      cite('a client without a name by its host', 'rfc7591:2:client-name-missing'),
      { redirect_uris: ['http://localhost/cb', 'https://a.example:8443/', 'https://a.example:8443/2'] },
      { client_name: 'a.example:8443' },
    ],
    [
      cite('a client without a name or host', 'rfc7591:2:client-name-missing'),
      { redirect_uris: ['app:/cb'], client_name: '\u200B' },
      { client_name: 'Unnamed application' },
    ],
    [
      'a client without a name by no host if answers go to another one too',
      { redirect_uris: ['https://a.example/', 'https://b.example/'] },
      { client_name: 'Unnamed application' },
    ],
    [
      'a client without a name by no host if an app gets answers too',
      { redirect_uris: ['https://a.example/', 'app:/cb'] },
      { client_name: 'Unnamed application' },
    ],
    [
      'a client without a name by its host, as long as a name may be',
      { redirect_uris: [`https://${'a'.repeat(63)}.${'b'.repeat(8)}.example/`] },
      { client_name: `${'a'.repeat(63)}.${'b'.repeat(8)}.example` },
    ],
    [
      'a client without a name by no host that would have to be cut',
      { redirect_uris: [`https://${'a'.repeat(63)}.${'b'.repeat(9)}.example/`] },
      { client_name: 'Unnamed application' },
    ],
    [
      'a client without a name by no host that the cleaner changes',
      { redirect_uris: ['https://[2001:db8::1]/'] },
      { client_name: 'Unnamed application' },
    ],
    [
      cite('what is left where private-use schemes are off', 'vestibule:metadata:private-use'),
      { redirect_uris: ['app:/cb', uri] },
      { redirect_uris: [uri], application_type: 'web' },
      { privateUseSchemes: false },
    ],
    [
      cite('claimed pages', 'rfc7591:2:pages-kept'),
      { ...basic, client_uri: 'https://a.example/#about', logo_uri: 'http://localhost:5173/l.png' },
      { client_uri: 'https://a.example/#about', logo_uri: 'http://localhost:5173/l.png' },
    ],
    [
      cite(
        'names and pages in other languages, the names made readable',
        'rfc7591:2.2:kept',
        'rfc7591:2.2:tag-case',
        'rfc7591:2.2:checked-alike',
        'vestibule:metadata:clean-names',
      ),
      {
        ...basic,
        client_name: 'Notes',
        'client_name#ja-Jpan-JP': 'メ\u200Bモ',
        'client_name#FR': ' Carnet ',
        'tos_uri#fr': 'https://a.example/fr',
      },
      {
        client_name: 'Notes',
        'client_name#ja-Jpan-JP': 'メモ',
        'client_name#fr': 'Carnet',
        'tos_uri#fr': 'https://a.example/fr',
      },
    ],
    [
      cite('software and contacts as they were said', 'rfc7591:2:software', 'rfc7591:2:contacts'),
      { ...basic, software_id: 'notes', software_version: '2.1 β', contacts: ['ada@a.example'] },
      { software_id: 'notes', software_version: '2.1 β', contacts: ['ada@a.example'] },
    ],
    [
      cite(
        'a host that is one label below an allowed one, and this computer in any case',
        'vestibule:metadata:allowed-hosts',
      ),
      {
        redirect_uris: [
          'https://a.apps.example/cb',
          'https://app.example/cb',
          'http://localhost/cb',
          'app:/cb',
        ],
      },
      {},
      { allowedRedirectHosts: ['*.apps.example', 'app.example'] },
    ],
  ];
  test.each(table)('%s', (_, body, expected, settings) => {
    const judgement = judge(body, settings);
    expect(judgement).toMatchObject({ ok: true, metadata: expected });
  });

  test('no name in a language in which nothing of it can be read, and no empty list of contacts', () => {
    const judgement = judge({ ...basic, 'client_name#fr': '\u200B', contacts: [] });
    expect(judgement.ok && Object.keys(judgement.metadata)).not.toContain('client_name#fr');
    expect(judgement).not.toHaveProperty('metadata.contacts');
  });

  test(
    cite('no scope bound where it would leave nothing, as where none was named', 'rfc7591:2:scope-none-left'),
    () => {
      expect(judge({ ...basic, scope: 'notes:admin' })).not.toHaveProperty('metadata.scope');
      expect(judge({ ...basic, scope: 'claudeai offline_access' })).not.toHaveProperty('metadata.scope');
      expect(judge({ ...basic, scope: '' })).not.toHaveProperty('metadata.scope');
      expect(judge(basic)).not.toHaveProperty('metadata.scope');
    },
  );
});

/** So many members with a language tag. */
const tagged = (count: number): object =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`tos_uri#fr-x-${index}`, 'https://a.example']),
  );

test('accepts as many contacts, languages and redirect URIs as there may be, and contacts as long as they may be', () => {
  const contacts = ['x'.repeat(254), ...Array.from({ length: 9 }, () => 'a@b.example')];
  const redirect_uris = Array.from({ length: 10 }, (_, index) => `${uri}${index}`);
  expect(judge({ ...basic, ...tagged(32), contacts, redirect_uris })).toMatchObject({
    ok: true,
    metadata: { contacts, redirect_uris },
  });
});

const refuses = cite(
  'refuses',
  'rfc7591:3.2.2:invalid-redirect-uri',
  'rfc7591:3.2.2:invalid-client-metadata',
  'rfc7591:3.2.2:ascii',
  'rfc7591:2:redirect-uris-needed',
  'rfc7591:2:grant-types-refused',
  'rfc7591:2:response-types-refused',
  'rfc7591:2:pages-are-web-pages',
  'rfc7591:2:scope-form',
  'rfc7591:2.1:code-needs-its-grant',
  'rfc7591:2.1:grant-needs-its-code',
  'rfc7591:2.2:tag-form',
  'rfc7591:2.2:tag-twice',
  'rfc7591:2.2:checked-alike',
  'rfc7591:5:impersonation',
  'vestibule:rules:no-client-credentials',
  'vestibule:metadata:redirect-uri-count',
  'vestibule:metadata:private-use',
  'vestibule:metadata:allowed-hosts',
  'vestibule:metadata:refused-hosts',
  'vestibule:metadata:application-type',
  'vestibule:metadata:languages',
  'vestibule:metadata:contacts',
  'vestibule:metadata:software',
);

describe(refuses, () => {
  const table: [rule: string, body: unknown, settings?: Partial<RegistrationSettings>][] = [
    ['redirect-uris.count', {}],
    ['redirect-uris.count', { redirect_uris: [] }],
    ['redirect-uris.count', { redirect_uris: null }],
    ['redirect-uris.count', { redirect_uris: Array.from({ length: 11 }, (_, i) => `${uri}${i}`) }],
    ['redirect-uris.characters', { redirect_uris: [uri, ''] }],
    ['redirect-uris.http-host', { redirect_uris: [uri, 'http://app.example/cb'] }],
    ['redirect-uris.scheme', { redirect_uris: ['javascript:alert(1)'] }],
    ['redirect-uris.private-use', { redirect_uris: ['app:/cb'] }, { privateUseSchemes: false }],
    ['grant-types.client-credentials', { ...basic, grant_types: ['client_credentials'] }],
    [
      'grant-types.client-credentials',
      { ...basic, grant_types: ['authorization_code', 'client_credentials'] },
    ],
    [
      'grant-types.client-credentials',
      { ...basic, grant_types: ['authorization_code', 'client_credentials'] },
      { unsupportedTypes: 'narrow' },
    ],
    ['grant-types.supported', { ...basic, grant_types: ['authorization_code', 'implicit'] }],
    ['grant-types.supported', { ...basic, grant_types: ['authorization_code', 'password'] }],
    ['grant-types.supported', { ...basic, grant_types: ['authorization_code', ''] }],
    ['grant-types.authorization-code', { ...basic, grant_types: [] }],
    ['grant-types.authorization-code', { ...basic, grant_types: ['refresh_token'] }],
    [
      'grant-types.authorization-code',
      { ...basic, grant_types: ['implicit'] },
      { unsupportedTypes: 'narrow' },
    ],
    ['response-types.code', { ...basic, response_types: [] }],
    ['response-types.code', { ...basic, response_types: ['token'] }],
    ['response-types.code', { ...basic, response_types: ['code', 'token'] }],
    ['response-types.code', { ...basic, response_types: ['code id_token'] }, { unsupportedTypes: 'narrow' }],
    ['scope.open', { ...basic, scope: 'notes:read "x"' }],
    ['scope.open', { ...basic, scope: 'notes:read\tx' }],
    ['client-name.reserved', { ...basic, client_name: 'Acme Mail' }, { reservedNames: ['acme'] }],
    ['client-name.reserved', { redirect_uris: ['https://acme.example/'] }, { reservedNames: ['acme'] }],
    ['application-type.known', { ...basic, application_type: 'desktop' }],
    ['application-type.known', { ...basic, application_type: 'Native' }],
    ['claimed-uris.web', { ...basic, client_uri: 'javascript:alert(1)' }],
    ['claimed-uris.web', { ...basic, logo_uri: 'data:image/png;base64,AA' }],
    ['claimed-uris.web', { ...basic, tos_uri: 'http://a.example/' }],
    ['claimed-uris.web', { ...basic, policy_uri: 'app:/x' }],
    ['claimed-uris.web', { ...basic, policy_uri: 'https://a.example/#"><script>' }],
    ['claimed-uris.web', { ...basic, client_uri: 'a.example' }],
    ['claimed-uris.web', { ...basic, client_uri: 'https://a.example/#a#b' }],
    ['claimed-uris.web', { ...basic, client_uri: `https://a.example/#${'x'.repeat(2_048)}` }],
    ['claimed-uris.web', { ...basic, 'client_uri#fr': 'javascript:alert(1)' }],
    ['claimed-uris.web', { ...basic, 'logo_uri#fr': 'http://a.example/l.png' }],
    ['client-name.reserved', { ...basic, 'client_name#fr': 'Αcme Mail' }, { reservedNames: ['acme'] }],
    ['metadata.language', { ...basic, 'client_name#': 'x' }],
    ['metadata.language', { ...basic, 'client_name#not a tag': 'x' }],
    ['metadata.language', { ...basic, 'client_name#fr"\u202E': 'x' }],
    ['metadata.language', { ...basic, 'client_name#fr': 'x', 'client_name#FR': 'y' }],
    ['metadata.type', { ...basic, 'client_name#fr': ['x'] }],
    [
      'languages.count',
      {
        ...basic,
        ...Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`tos_uri#fr-x-${i}`, 'https://a'])),
      },
    ],
    ['software.text', { ...basic, software_id: 'x'.repeat(256) }],
    ['software.text', { ...basic, software_version: '1\n2' }],
    ['contacts.text', { ...basic, contacts: [''] }],
    ['contacts.text', { ...basic, contacts: ['a\u0000'] }],
    ['contacts.text', { ...basic, contacts: Array.from({ length: 11 }, () => 'a@b.example') }],
    ['contacts.text', { ...basic, contacts: ['x'.repeat(255)] }],
    ['contacts.text', { ...basic, contacts: ['a@b.example', ''] }],
    ['contacts.text', { ...basic, contacts: ['a\u0000', 'a@b.example'] }],
    ['languages.count', { ...basic, ...tagged(33) }],
    ['redirect-uris.accepted-host', basic, { allowedRedirectHosts: ['*.example.com'] }],
    ['redirect-uris.accepted-host', basic, { refusedRedirectHosts: ['*.example'] }],
    [
      'redirect-uris.accepted-host',
      basic,
      { allowedRedirectHosts: ['app.example'], refusedRedirectHosts: ['app.example'] },
    ],
    [
      'redirect-uris.accepted-host',
      { redirect_uris: ['https://a.b.apps.example/cb'] },
      { allowedRedirectHosts: ['*.apps.example'] },
    ],
    [
      'redirect-uris.accepted-host',
      { redirect_uris: ['https://apps.example/cb'] },
      { allowedRedirectHosts: ['*.apps.example'] },
    ],
    [
      'redirect-uris.accepted-host',
      { redirect_uris: [uri, 'https://app.example:8443/'] },
      { allowedRedirectHosts: ['app.example'] },
    ],
  ];
  test.each(table)('%s: %j', (rule, body, settings) => {
    const judgement = judge(body, settings);
    expect(judgement).toMatchObject({ ok: false, refusal: { rule } });
    const refusal = judgement.ok ? undefined : judgement.refusal;
    expect(refusal?.code).toBe(
      rule.startsWith('redirect-uris') ? 'invalid_redirect_uri' : 'invalid_client_metadata',
    );
    expect(refusal?.description).toMatch(/^[\x20-\x21\x23-\x5B\x5D-\x7E]+$/);
    expect(refusal?.description).toContain(`[${rule}]`);
    expect(judgement.trace.at(-1)).toMatchObject({ rule, outcome: 'refused' });
  });
});

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
      /no self-introduced client may have/,
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
