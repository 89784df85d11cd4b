import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { basic, judgedToTheEnd, refusalBy, type RefusalRow, tagged } from '../../test/support/policy.ts';

const refuses = cite(
  'refuses',
  'rfc7591:3.2.2:invalid-client-metadata',
  'rfc7591:3.2.2:ascii',
  'rfc7591:2:grant-types-refused',
  'rfc7591:2:response-types-refused',
  'rfc7591:2:pages-are-web-pages',
  'rfc7591:2:scope-form',
  'rfc7591:2.1:code-needs-its-grant',
  'rfc7591:2.1:grant-needs-its-code',
  'rfc7591:2.2:tag-form',
  'rfc7591:2.2:tag-twice',
  'rfc7591:2.2:checked-alike',
  'vestibule:rules:no-client-credentials',
  'vestibule:metadata:application-type',
  'vestibule:metadata:languages',
  'vestibule:metadata:contacts',
  'vestibule:metadata:software',
);

describe(refuses, () => {
  const table: RefusalRow[] = [
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
  ];
  test.each(table)('%s: %j', (rule, body, settings) => {
    const judged = judgedToTheEnd(body, settings);
    expect(judged).toMatchObject(refusalBy(rule));
    expect(judged).toHaveProperty('refusal.description', expect.stringContaining(`[${rule}]`));
  });
});
