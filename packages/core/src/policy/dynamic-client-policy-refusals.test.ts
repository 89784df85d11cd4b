import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import type { RegistrationSettings } from '../realm/settings.ts';
import { judge, uri, basic, tagged } from '../../test/support/policy.ts';

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
