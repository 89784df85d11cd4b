import type { StoredClient } from '@vestibule/core';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { CALLBACK, CHALLENGE, MAIL, NOTES, NOW, realmWith, type Toggles } from '../../test/set-up.ts';
import { CAPABILITIES } from '../capabilities.ts';
import { decideAuthorization } from './decide.ts';

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
  });
}

describe('goes on to the person', () => {
  test.each<[string, Parameters, Partial<StoredClient>, object]>([
    [
      'with all scopes that can be had, where none were asked',
      {},
      {},
      { scopes: ['read', 'write'], resource: NOTES },
    ],
    ['with the scopes asked', { scope: 'write' }, {}, { scopes: ['write'] }],
    [
      cite('with what can be had of the scopes asked', 'vestibule:gates:scope'),
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
    ['with the state', { state: 'a b&c=d' }, {}, { state: 'a b&c=d' }],
    ['for another API', { resource: MAIL }, {}, { resource: MAIL, scopes: ['mail'] }],
    ['for a bare origin with a slash', { resource: `${MAIL}/` }, {}, { resource: MAIL }],
    [
      'though an empty parameter is there',
      { scope: '', state: '', prompt: '', request_uri: '' },
      {},
      { scopes: ['read', 'write'] },
    ],
    ['though unknown parameters are there', { nonce: 'x', audience: 'y' }, {}, { clientId: 'app' }],
    ['when asked for consent', { prompt: 'consent' }, {}, { clientId: 'app' }],
    ['when asked for the query', { response_mode: 'query' }, {}, { clientId: 'app' }],
    ['when asked for a form', { response_mode: 'form_post' }, {}, { responseMode: 'form_post' }],
    ['with a nonce', { nonce: 'n-1' }, {}, { nonce: 'n-1' }],
    ['with the key that the code is bound to', { dpop_jkt: CHALLENGE }, {}, { proofKey: CHALLENGE }],
    ['though it asks for claims, which nobody has to give', { claims: '{}' }, {}, { clientId: 'app' }],
    [
      'without redirect_uri, where one is registered',
      { redirect_uri: undefined },
      {},
      { redirectUri: CALLBACK },
    ],
    [
      'on another loopback port',
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

describe('answers with a page, never a redirect, before the redirect URI is proven', () => {
  test.each<[string, Parameters, Partial<StoredClient> | null, string]>([
    ['no client_id', { client_id: undefined }, null, 'client-missing'],
    ['an empty client_id', { client_id: '' }, null, 'client-missing'],
    ['client_id twice', { client_id: ['app', 'app'] }, {}, 'client-missing'],
    ['an unknown client', {}, null, 'client-unknown'],
    ['redirect_uri twice', { redirect_uri: [CALLBACK, CALLBACK] }, {}, 'redirect-uri-missing'],
    [
      'no redirect_uri, where two are registered',
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
    [
      'localhost for 127.0.0.1',
      { redirect_uri: 'http://localhost:1/cb' },
      { redirectUris: ['http://127.0.0.1/cb'] },
      'redirect-uri-unregistered',
    ],
  ])(cite('%s', 'rfc7591:5:only-registered'), (_, parameters, of, problem) => {
    expect(decide(parameters, of)).toMatchObject({ kind: 'page', problem });
  });
});

const APP = 'http://127.0.0.1:4711/cb';

describe.each([
  ['redirect', 'an app on this computer', APP],
  ['inform', 'a website, which anybody may register', CALLBACK],
  ['inform', 'an app that some scheme opens', 'cursor://anysphere.cursor-mcp/cb'],
])('answers with an error: %s, for %s', (kind, _destination, redirectUri) => {
  test.each<[string, Parameters, string, Toggles?]>([
    ['no response_type', { response_type: undefined }, 'invalid_request'],
    [
      cite('response_type token', 'vestibule:rules:code-only'),
      { response_type: 'token' },
      'unsupported_response_type',
    ],
    [
      cite('response_type code id_token', 'vestibule:rules:code-only'),
      { response_type: 'code id_token' },
      'unsupported_response_type',
    ],
    ['response_mode fragment', { response_mode: 'fragment' }, 'invalid_request'],
    ['a registration', { registration: '{}' }, 'registration_not_supported'],
    ['authorization_details', { authorization_details: '[]' }, 'invalid_authorization_details'],
    ['a nonce as long as a book', { nonce: 'x'.repeat(1_025) }, 'invalid_request'],
    ['a dpop_jkt that is no thumbprint', { dpop_jkt: 'abc' }, 'invalid_request'],
    ['an unknown prompt', { prompt: 'create' }, 'invalid_request'],
    ['an unknown prompt beside a known one', { prompt: 'login LOGIN' }, 'invalid_request'],
    ['prompt none beside an unknown one', { prompt: 'none x' }, 'invalid_request'],
    ...['-1', '1.5', 'x', '1e3', '0x1', ' 1', '9999999999'].map((maxAge): [string, Parameters, string] => [
      `max_age ${maxAge}`,
      { max_age: maxAge },
      'invalid_request',
    ]),
    ['a request object', { request: 'e30.' }, 'request_not_supported'],
    ['a request_uri', { request_uri: 'https://evil.example/r' }, 'request_uri_not_supported'],
    [cite('no code_challenge', 'vestibule:rules:pkce'), { code_challenge: undefined }, 'invalid_request'],
    ['an empty code_challenge', { code_challenge: '' }, 'invalid_request'],
    [
      cite('no code_challenge_method', 'vestibule:rules:pkce'),
      { code_challenge_method: undefined },
      'invalid_request',
    ],
    [
      cite('code_challenge_method plain', 'vestibule:rules:pkce'),
      { code_challenge_method: 'plain' },
      'invalid_request',
    ],
    ['code_challenge_method s256', { code_challenge_method: 's256' }, 'invalid_request'],
    ['a short code_challenge', { code_challenge: 'abc' }, 'invalid_request'],
    ['a long code_challenge', { code_challenge: `${CHALLENGE}x` }, 'invalid_request'],
    ['a code_challenge in base64', { code_challenge: `${CHALLENGE.slice(0, 42)}+` }, 'invalid_request'],
    [cite('no resource', 'vestibule:rules:resource-needed'), { resource: undefined }, 'invalid_target'],
    ['an empty resource', { resource: '' }, 'invalid_target'],
    [cite('two resources', 'vestibule:rules:resource-needed'), { resource: [NOTES, MAIL] }, 'invalid_target'],
    ['a resource twice', { resource: [NOTES, NOTES] }, 'invalid_target'],
    ['an unknown resource', { resource: 'https://other.example' }, 'invalid_target'],
    ['a resource with a fragment', { resource: `${NOTES}#x` }, 'invalid_target'],
    ['a relative resource', { resource: '/mcp' }, 'invalid_target'],
    ['a resource with a slash more', { resource: `${NOTES}/` }, 'invalid_target'],
    ['a closed scope', { scope: 'admin' }, 'invalid_scope'],
    ['an unknown scope', { scope: 'nonsense' }, 'invalid_scope'],
    ['a scope of another API', { scope: 'mail' }, 'invalid_scope'],
    ['a scope that is none', { scope: 'read "write"' }, 'invalid_scope'],
    ['a repeated scope parameter', { scope: ['read', 'write'] }, 'invalid_request'],
    ['a repeated state', { state: ['a', 'b'] }, 'invalid_request'],
    ['a state as long as a book', { state: 'x'.repeat(4_097) }, 'invalid_request'],
    ['a repeated unknown parameter', { nonce: ['a', 'b'] }, 'invalid_request'],
    ['prompt none', { prompt: 'none' }, 'interaction_required'],
    ['prompt none among others', { prompt: 'consent none' }, 'invalid_request'],
    [
      cite('the gate of the realm', 'vestibule:gates:at-authorization', 'vestibule:gates:realm'),
      {},
      'unauthorized_client',
      { realm: false },
    ],
    [
      cite('the gate of the API', 'vestibule:gates:at-authorization', 'vestibule:gates:api'),
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
  ])('for %s', (_, parameters, error, toggles) => {
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
  test('comes with the state, unless it is repeated or too long', () => {
    expect(decide({ state: 'x'.repeat(4_097) })).not.toHaveProperty('state');
    expect(decide({ state: 'st', response_type: 'token' })).toMatchObject({ state: 'st' });
    expect(decide({ state: ['a', 'b'] })).not.toHaveProperty('state');
  });

  test('is what a registration that is bound to nothing gets', () => {
    expect(decide({}, { scope: [] })).toMatchObject({ kind: 'inform', error: { error: 'invalid_scope' } });
  });
});
