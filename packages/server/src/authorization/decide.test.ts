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
