import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import type { ClientMetadata } from '../metadata/client-metadata.ts';
import type { RegistrationSettings } from '../realm/registration-settings.ts';
import { judge, uri, basic, tagged } from '../../test/support/policy.ts';

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

/** The given number of members with a language tag. */

test('accepts as many contacts, languages and redirect URIs as there may be, and contacts as long as they may be', () => {
  const contacts = ['x'.repeat(254), ...Array.from({ length: 9 }, () => 'a@b.example')];
  const redirect_uris = Array.from({ length: 10 }, (_, index) => `${uri}${index}`);
  expect(judge({ ...basic, ...tagged(32), contacts, redirect_uris })).toMatchObject({
    ok: true,
    metadata: { contacts, redirect_uris },
  });
});
