import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { CALLBACK, CHALLENGE, MAIL, NOTES, type Toggles } from '../../test/set-up.ts';
import { decide, type Parameters } from '../../test/deciding.ts';

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
    [cite('a malformed scope', 'rfc6749:3.3:form'), { scope: 'read "write"' }, 'invalid_scope'],
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
