import type { StoredClient } from '@vestibule/core';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { CALLBACK, CHALLENGE, MAIL, NOTES, NOW, realmWith, type Toggles } from '../../test/set-up.ts';
import { CAPABILITIES } from '../capabilities.ts';
import { decideAuthorization } from './decide-authorization.ts';

const client: StoredClient = {
  realm: 'main',
  id: 'app',
  version: 1,
  name: 'App',
  redirectUris: [CALLBACK],
  grantTypes: ['authorization_code', 'refresh_token'],
  applicationType: 'web',
  issuedAt: NOW,
};

const GOOD = {
  response_type: 'code',
  client_id: 'app',
  redirect_uri: CALLBACK,
  code_challenge: CHALLENGE,
  code_challenge_method: 'S256',
  resource: NOTES,
};

type Parameters = Record<string, string | readonly string[] | undefined>;

function decide(parameters: Parameters, of: Partial<StoredClient> | null = {}, toggles: Toggles = {}) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...GOOD, ...parameters })) {
    for (const one of value === undefined ? [] : [value].flat()) search.append(name, one);
  }
  return decideAuthorization({
    parameters: search,
    realm: realmWith(toggles),
    client: of === null ? undefined : { ...client, ...of },
    standing: { kind: of === null ? 'gone' : 'good' },
    capabilities: { ...CAPABILITIES, registration: true },
    isPushed: false,
  });
}

describe('goes on to the person', () => {
  test.each<[string, Parameters, Partial<StoredClient>, object]>([
    [
      cite('offers all available scopes if none were requested', 'rfc6749:3.3:default'),
      {},
      {},
      { scopes: ['read', 'write'], resource: NOTES },
    ],
    ['keeps the requested scopes', { scope: 'write' }, {}, { scopes: ['write'] }],
    [
      cite(
        'keeps the available ones of the requested scopes',
        'vestibule:gates:scope',
        'rfc6749:3.3:partial',
        'mcp:refresh-tokens:offline-access',
      ),
      { scope: 'admin read offline_access' },
      {},
      { scopes: ['read'] },
    ],
    [
      cite('within the bound of the registration', 'rfc7591:2:scope-is-a-bound'),
      { scope: 'read write' },
      { scope: ['read'] },
      { scopes: ['read'] },
    ],
    [cite('keeps the state', 'rfc6749:4.1.2:state'), { state: 'a b&c=d' }, {}, { state: 'a b&c=d' }],
    [
      cite('for another API', 'rfc8707:2.1:granted'),
      { resource: MAIL },
      {},
      { resource: MAIL, scopes: ['mail'] },
    ],
    [
      cite('for a bare origin with a slash', 'mcp:canonical-server-uri:slash'),
      { resource: `${MAIL}/` },
      {},
      { resource: MAIL },
    ],
    [
      cite('though an empty parameter is there', 'rfc6749:3.1:empty-is-absent'),
      { scope: '', state: '', prompt: '', request_uri: '' },
      {},
      { scopes: ['read', 'write'] },
    ],
    [
      cite('though unknown parameters are there', 'rfc6749:3.1:unknown-parameters'),
      { nonce: 'x', audience: 'y' },
      {},
      { clientId: 'app' },
    ],
    ['when asked for consent', { prompt: 'consent' }, {}, { clientId: 'app' }],
    [
      cite('when asked for the query', 'rfc8414:2:response-modes'),
      { response_mode: 'query' },
      {},
      { clientId: 'app' },
    ],
    [
      cite('when asked for a form', 'rfc8414:2:response-modes'),
      { response_mode: 'form_post' },
      {},
      { responseMode: 'form_post' },
    ],
    ['keeps the nonce', { nonce: 'n-1' }, {}, { nonce: 'n-1' }],
    ['keeps the key that the code is bound to', { dpop_jkt: CHALLENGE }, {}, { proofKey: CHALLENGE }],
    ['though it asks for claims, which nobody has to give', { claims: '{}' }, {}, { clientId: 'app' }],
    [
      cite('without redirect_uri, where one is registered', 'rfc6749:3.1.2.3:only-one'),
      { redirect_uri: undefined },
      {},
      { redirectUri: CALLBACK },
    ],
    [
      cite('on another loopback port', 'rfc9700:2.1:exact', 'oauth2.1:8.4.2:port'),
      { redirect_uri: 'http://127.0.0.1:33418' },
      { redirectUris: ['http://127.0.0.1/'] },
      { redirectUri: 'http://127.0.0.1:33418' },
    ],
  ])('%s', (_, parameters, of, expected) => {
    expect(decide(parameters, of)).toMatchObject({
      kind: 'interact',
      request: { codeChallenge: CHALLENGE, ...expected },
    });
  });
});

describe('meets the person as the client wants, where that is of use', () => {
  test.each<[Parameters, object]>([
    [{}, { prompts: [] }],
    [{ prompt: 'login' }, { prompts: ['login'], maxAge: 0 }],
    [{ prompt: 'consent  login' }, { prompts: ['login', 'consent'], maxAge: 0 }],
    [{ prompt: 'select_account' }, { prompts: ['select_account'] }],
    [{ max_age: '0' }, { prompts: [], maxAge: 0 }],
    [{ max_age: '3600' }, { prompts: [], maxAge: 3_600 }],
    [
      { max_age: '3600', prompt: 'login' },
      { prompts: ['login'], maxAge: 0 },
    ],
    [{ login_hint: 'ada' }, { prompts: [], loginHint: 'ada' }],
    [{ login_hint: 'x'.repeat(257) }, { prompts: [] }],
    [{ login_hint: 'a\u202Eda' }, { prompts: [] }],
    [{ ui_locales: 'fr-ca fr  en' }, { prompts: [], languages: ['fr-CA', 'fr', 'en'] }],
    [{ ui_locales: 'not_one "' }, { prompts: [] }],
  ])('%j', (parameters, interaction) => {
    const decision = decide(parameters);
    expect(decision.kind === 'interact' && decision.request.interaction).toEqual(interaction);
  });
});

describe(
  cite('answers with a page, never a redirect, before the redirect URI is proven', 'rfc9700:4.11.2:invalid'),
  () => {
    test.each<[string, Parameters, Partial<StoredClient> | null, string]>([
      [
        cite('no client_id', 'mcp:error-handling:bad-request'),
        { client_id: undefined },
        null,
        'client-missing',
      ],
      ['an empty client_id', { client_id: '' }, null, 'client-missing'],
      [cite('client_id twice', 'rfc6749:3.1:once'), { client_id: ['app', 'app'] }, {}, 'client-missing'],
      [cite('an unknown client', 'rfc6749:3.1.2.4:client'), {}, null, 'client-unknown'],
      ['redirect_uri twice', { redirect_uri: [CALLBACK, CALLBACK] }, {}, 'redirect-uri-missing'],
      [
        cite('no redirect_uri, where two are registered', 'rfc6749:3.1.2.3:several'),
        { redirect_uri: undefined },
        { redirectUris: [CALLBACK, `${CALLBACK}2`] },
        'redirect-uri-missing',
      ],
      ...[
        'https://evil.example/cb',
        `${CALLBACK}/`,
        `${CALLBACK}?x=1`,
        `${CALLBACK}#x`,
        'https://app.example:443/cb',
        'https://app.example/x/../cb',
        'https://app.example@evil.example/cb',
        'https://APP.example/cb',
        'http://app.example/cb',
        'javascript:alert(1)',
        'https://app.example/cb\n',
        ' ',
        'x',
      ].map((uri): [string, Parameters, Partial<StoredClient>, string] => [
        `redirect_uri ${JSON.stringify(uri)}`,
        { redirect_uri: uri },
        {},
        'redirect-uri-unregistered',
      ]),
      ...['https://id.example/cb', 'https://id.example:8443/cb'].map(
        (uri): [string, Parameters, Partial<StoredClient>, string] => [
          `the server's own host: ${uri}`,
          { redirect_uri: uri },
          { redirectUris: [uri] },
          'redirect-uri-unregistered',
        ],
      ),
      [
        'localhost for 127.0.0.1',
        { redirect_uri: 'http://localhost:1/cb' },
        { redirectUris: ['http://127.0.0.1/cb'] },
        'redirect-uri-unregistered',
      ],
    ])(
      cite(
        '%s',
        'rfc7591:5:only-registered',
        'oauth2.1:2.3.1:exact',
        'rfc6749:3.1.2:fragment',
        'rfc6749:3.1.2.3:compared',
        'rfc6749:3.1.2.4:redirect-uri',
      ),
      (_, parameters, of, problem) => {
        expect(decide(parameters, of)).toMatchObject({ kind: 'page', problem });
      },
    );
  },
);

test('goes on to the person for a client that an operator made and sends to the server’s own host', () => {
  const own = 'https://id.example/cb';
  const access = [{ resource: NOTES, scopes: ['read'] }];
  const preregistration = { authentication: { method: 'none' }, access, rememberConsent: false } as const;
  expect(decide({ redirect_uri: own }, { redirectUris: [own], preregistration })).toMatchObject({
    kind: 'interact',
  });
});

const APP = 'http://127.0.0.1:4711/cb';

describe.each([
  ['redirect', 'an app on this computer', APP],
  ['inform', 'a website, which anybody may register', CALLBACK],
  ['inform', 'an app that some scheme opens', 'cursor://anysphere.cursor-mcp/cb'],
])(cite('answers with an error: %s, for %s', 'rfc6749:4.1.2.1:state'), (kind, _destination, redirectUri) => {
  test.each<[string, Parameters, string, Toggles?]>([
    [
      cite('no response_type', 'rfc6749:3.1.1:missing', 'rfc6749:4.1.2.1:invalid-request'),
      { response_type: undefined },
      'invalid_request',
    ],
    [
      cite(
        'response_type token',
        'vestibule:rules:code-only',
        'rfc6749:3.1.1:unknown',
        'rfc6749:4.2:implicit',
        'oauth2.1:10.1:implicit',
        'rfc9700:2.1.2:implicit',
        'rfc8414:2:response-types',
      ),
      { response_type: 'token' },
      'unsupported_response_type',
    ],
    [
      cite('response_type code id_token', 'vestibule:rules:code-only'),
      { response_type: 'code id_token' },
      'unsupported_response_type',
    ],
    [
      cite('response_mode fragment', 'rfc8414:2:response-modes'),
      { response_mode: 'fragment' },
      'invalid_request',
    ],
    [
      cite('a registration', 'oidc-core:3.1.2.6:registration-not-supported'),
      { registration: '{}' },
      'registration_not_supported',
    ],
    [
      cite('authorization_details', 'rfc9396:5:refused'),
      { authorization_details: '[]' },
      'invalid_authorization_details',
    ],
    ['a nonce as long as a book', { nonce: 'x'.repeat(1_025) }, 'invalid_request'],
    ['a dpop_jkt that is no thumbprint', { dpop_jkt: 'abc' }, 'invalid_request'],
    ['an unknown prompt', { prompt: 'create' }, 'invalid_request'],
    ['an unknown prompt beside a known one', { prompt: 'login LOGIN' }, 'invalid_request'],
    ['prompt none beside an unknown one', { prompt: 'none x' }, 'invalid_request'],
    ...['-1', '1.5', 'x', '1e3', '0x1', ' 1', '9999999999'].map((maxAge): [string, Parameters, string] => [
      cite(`max_age ${maxAge}`, 'oidc-core:3.1.2.1:max-age-form'),
      { max_age: maxAge },
      'invalid_request',
    ]),
    [
      cite('a request object', 'oidc-core:3.1.2.6:request-not-supported'),
      { request: 'e30.' },
      'request_not_supported',
    ],
    [
      cite('a request_uri', 'oidc-core:3.1.2.6:request-uri-not-supported'),
      { request_uri: 'https://evil.example/r' },
      'request_uri_not_supported',
    ],
    [
      cite(
        'no code_challenge',
        'vestibule:rules:pkce',
        'rfc7636:4.4.1:challenge-missing',
        'rfc7636:7.2:no-downgrade',
        'oauth2.1:4.1.1:pkce',
        'oauth2.1:4.1.2:challenge-missing',
        'rfc9700:2.1.1:pkce',
        'rfc9700:4.8.2:downgrade',
      ),
      { code_challenge: undefined },
      'invalid_request',
    ],
    ['an empty code_challenge', { code_challenge: '' }, 'invalid_request'],
    [
      cite(
        'no code_challenge_method',
        'vestibule:rules:pkce',
        'rfc7636:4.3:plain-by-default',
        'rfc7636:7.2:no-downgrade',
      ),
      { code_challenge_method: undefined },
      'invalid_request',
    ],
    [
      cite(
        'code_challenge_method plain',
        'vestibule:rules:pkce',
        'rfc7636:4.4.1:method',
        'oauth2.1:4.1.1:s256',
        'rfc9700:2.1.1:s256',
        'rfc7636:7.2:no-downgrade',
      ),
      { code_challenge_method: 'plain' },
      'invalid_request',
    ],
    ['code_challenge_method s256', { code_challenge_method: 's256' }, 'invalid_request'],
    [cite('a short code_challenge', 'rfc7636:4.2:form'), { code_challenge: 'abc' }, 'invalid_request'],
    [
      cite('a long code_challenge', 'rfc7636:4.2:form'),
      { code_challenge: `${CHALLENGE}x` },
      'invalid_request',
    ],
    [
      cite('a code_challenge in base64', 'rfc7636:4.2:form'),
      { code_challenge: `${CHALLENGE.slice(0, 42)}+` },
      'invalid_request',
    ],
    [
      cite('no resource', 'vestibule:rules:resource-needed', 'rfc8707:2.1:missing'),
      { resource: undefined },
      'invalid_target',
    ],
    ['an empty resource', { resource: '' }, 'invalid_target'],
    [
      cite('two resources', 'vestibule:rules:resource-needed', 'rfc8707:2.1:one'),
      { resource: [NOTES, MAIL] },
      'invalid_target',
    ],
    ['a resource twice', { resource: [NOTES, NOTES] }, 'invalid_target'],
    [
      cite('an unknown resource', 'rfc8707:2:unknown'),
      { resource: 'https://other.example' },
      'invalid_target',
    ],
    [
      cite('a resource with a fragment', 'rfc8707:2:fragment', 'mcp:canonical-server-uri:fragment'),
      { resource: `${NOTES}#x` },
      'invalid_target',
    ],
    [cite('a relative resource', 'rfc8707:2:absolute'), { resource: '/mcp' }, 'invalid_target'],
    ['a resource with a slash more', { resource: `${NOTES}/` }, 'invalid_target'],
    [cite('a closed scope', 'rfc6749:4.1.2.1:invalid-scope'), { scope: 'admin' }, 'invalid_scope'],
    ['an unknown scope', { scope: 'nonsense' }, 'invalid_scope'],
    [cite('a scope of another API', 'rfc8707:2.1:scopes'), { scope: 'mail' }, 'invalid_scope'],
    [cite('a scope that is none', 'rfc6749:3.3:form'), { scope: 'read "write"' }, 'invalid_scope'],
    [cite('a repeated scope parameter', 'rfc6749:3.1:once'), { scope: ['read', 'write'] }, 'invalid_request'],
    [cite('a repeated state', 'rfc6749:3.1:once'), { state: ['a', 'b'] }, 'invalid_request'],
    ['a state as long as a book', { state: 'x'.repeat(4_097) }, 'invalid_request'],
    ['a repeated unknown parameter', { nonce: ['a', 'b'] }, 'invalid_request'],
    ['prompt none', { prompt: 'none' }, 'interaction_required'],
    [
      cite('prompt none among others', 'oidc-core:3.1.2.1:prompt-none-alone'),
      { prompt: 'consent none' },
      'invalid_request',
    ],
    [
      cite(
        'the gate of the realm',
        'vestibule:gates:at-authorization',
        'vestibule:gates:realm',
        'rfc6749:4.1.2.1:unauthorized-client',
      ),
      {},
      'unauthorized_client',
      { realm: false },
    ],
    [
      cite(
        'the gate of the API',
        'vestibule:gates:at-authorization',
        'vestibule:gates:api',
        'rfc8707:2:not-open',
      ),
      {},
      'invalid_target',
      { notes: false },
    ],
    [
      cite('the gate of the scopes', 'vestibule:gates:at-authorization', 'vestibule:gates:scope'),
      {},
      'invalid_scope',
      { read: false, write: false },
    ],
  ])(cite('for %s', 'rfc6749:4.1.2.1:ascii'), (_, parameters, error, toggles) => {
    const asked = { state: 'st', redirect_uri: redirectUri, ...parameters };
    const decision = decide(asked, { redirectUris: [redirectUri] }, toggles);
    expect(decision).toMatchObject({ kind, destination: { raw: redirectUri }, error: { error } });
    const { description } = 'error' in decision ? decision.error : { description: '' };
    expect(description).toMatch(/^[\x20-\x21\x23-\x5B\x5D-\x7E]+$/);
  });
});

describe('response_mode form_post', () => {
  const decided = (redirectUri: string, parameters: Parameters) =>
    decide({ redirect_uri: redirectUri, ...parameters }, { redirectUris: [redirectUri] });

  test.each([CALLBACK, APP])('carries errors too, for %s, and waits for the person', (redirectUri) => {
    const decision = decided(redirectUri, { response_mode: 'form_post', scope: 'admin' });
    expect(decision).toMatchObject({ kind: 'inform', responseMode: 'form_post' });
  });

  test.each(['cursor://anysphere.cursor-mcp/cb', 'http://[::1]:4711/cb'])(
    'is refused where no form can be posted to: %s',
    (redirectUri) => {
      const decision = decided(redirectUri, { response_mode: 'form_post' });
      expect(decision).toMatchObject({ error: { error: 'invalid_request' } });
      expect(decision).not.toHaveProperty('responseMode');
    },
  );
});

describe('an error', () => {
  test(cite('comes with the state, unless it is repeated or too long', 'rfc6749:4.1.2.1:state'), () => {
    expect(decide({ state: 'x'.repeat(4_097) })).not.toHaveProperty('state');
    expect(decide({ state: 'st', response_type: 'token' })).toMatchObject({ state: 'st' });
    expect(decide({ state: ['a', 'b'] })).not.toHaveProperty('state');
  });

  test('is what a registration that is bound to nothing gets', () => {
    expect(decide({}, { scope: [] })).toMatchObject({ kind: 'inform', error: { error: 'invalid_scope' } });
  });
});
