import { describe, expect, test } from 'vitest';
import { type ProviderApi, type ProviderTokensOptions, readTokenOptions } from './token-options.ts';

const NOTES = 'https://notes.example/mcp';

const api: ProviderApi = {
  scopes: { 'notes:read': 'notes.read' },
  audience: 'https://notes-api.example',
  requestedBy: 'resource',
};

const options = (more: object = {}): ProviderTokensOptions => ({
  issuer: 'https://login.example',
  clientId: 'vestibule',
  clientSecret: 'secret',
  apis: { [NOTES]: api },
  ...more,
});

const withApi = (more: object): ProviderTokensOptions => options({ apis: { [NOTES]: { ...api, ...more } } });

describe('the options of providerTokens', () => {
  test('have defaults', () => {
    expect(readTokenOptions(options())).toMatchObject({
      refreshScopes: ['offline_access'],
      revokes: true,
      upstream: { issuer: 'https://login.example', name: 'login.example', parameters: {} },
    });
  });

  test('may ask for the consent of the provider each time', () => {
    const { upstream } = readTokenOptions(options({ parameters: { prompt: 'consent' } }));
    expect(upstream.parameters).toEqual({ prompt: 'consent' });
  });

  test.each<[string, ProviderTokensOptions, string]>([
    ['no API', options({ apis: {} }), '"apis" is empty.'],
    ['an unknown option', options({ api: {} }), 'unknown option "api".'],
    [
      'an option of signInUpstream alone',
      options({ requiredClaims: {} }),
      'unknown option "requiredClaims".',
    ],
    [
      'groups, which only a sign-in reads',
      options({ groups: { claim: 'groups' } }),
      'unknown option "groups".',
    ],
    ['an API that is no URL', options({ apis: { notes: api } }), 'notes is not the URL of an API.'],
    ['no audience', withApi({ audience: undefined }), '"audience" is missing.'],
    ['an empty audience', withApi({ audience: '' }), 'has an empty "audience"'],
    ['no binding to the API', withApi({ requestedBy: undefined }), '"requestedBy" is missing.'],
    [
      'an unknown binding',
      withApi({ requestedBy: 'hope' }),
      'must have "requestedBy" resource, audience or scopes',
    ],
    ['a resource that is no URL', withApi({ audience: 'notes' }), '"audience" must be a URL.'],
    ['no scopes', withApi({ scopes: {} }), 'has no "scopes".'],
    ['a scope without a name there', withApi({ scopes: { a: [] } }), 'has no scope of the provider for a.'],
    ['a scope with a space', withApi({ scopes: { a: 'b c' } }), 'has no scope of the provider for a.'],
    ['an audience for all', options({ parameters: { audience: 'x' } }), 'must not have audience'],
    ['a state of its own', options({ parameters: { state: 'x' } }), 'must not have state'],
    ['both proofs', options({ privateKey: { pem: '', algorithm: 'ES256' } }), 'not both'],
    ['plain http', options({ issuer: 'http://login.example' }), '"issuer" must begin with https.'],
  ])('are refused with %s', (_, wrong, message) => {
    expect(() => readTokenOptions(wrong)).toThrow(message);
    expect(() => readTokenOptions(wrong)).toThrow(/^providerTokens/);
  });

  test('are refused without quoting the secret', () => {
    expect(() => readTokenOptions(options({ clientSecret: '', apis: {} }))).toThrow('"apis" is empty.');
    expect(() =>
      readTokenOptions(options({ issuer: 'https://a.example/?q', clientSecret: 'hidden' })),
    ).not.toThrow(/hidden/);
  });
});
