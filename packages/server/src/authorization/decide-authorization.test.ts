import type { DynamicClient } from '@vestibule/core';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { CALLBACK, CHALLENGE, MAIL, NOTES } from '../../test/set-up.ts';
import { client, decide, type Parameters } from '../../test/deciding.ts';

describe('goes on to the person', () => {
  test.each<[string, Parameters, Partial<DynamicClient>, object]>([
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
    ['although it requests claims, which are optional', { claims: '{}' }, {}, { clientId: 'app' }],
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
  cite('responds with a page, never a redirect, before the redirect URI is proven', 'rfc9700:4.11.2:invalid'),
  () => {
    test.each<[string, Parameters, Partial<DynamicClient> | null, string]>([
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
      ].map((uri): [string, Parameters, Partial<DynamicClient>, string] => [
        `redirect_uri ${JSON.stringify(uri)}`,
        { redirect_uri: uri },
        {},
        'redirect-uri-unregistered',
      ]),
      ...['https://id.example/cb', 'https://id.example:8443/cb'].map(
        (uri): [string, Parameters, Partial<DynamicClient>, string] => [
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

test('goes on to the person for a pre-registered client that leads to the host of the server', () => {
  const own = 'https://id.example/cb';
  const access = [{ resource: NOTES, scopes: ['read'] }];
  const terms = { authentication: { method: 'none' }, access, rememberConsent: false } as const;
  const made = { ...client, kind: 'pre-registered', redirectUris: [own], terms } as const;
  expect(decide({ redirect_uri: own }, made)).toMatchObject({
    kind: 'interact',
  });
});
