import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { parseClientMetadata } from './parse-metadata.ts';

test.each([null, undefined, 1, true, 'text', [], [{}]])(
  cite('%j is no registration', 'rfc7591:3.1:one-object'),
  (body) => {
    expect(parseClientMetadata(body)).toMatchObject({
      ok: false,
      refusal: { code: 'invalid_client_metadata', rule: 'metadata.object' },
    });
  },
);

describe(cite('the type of each member', 'rfc7591:2:member-types', 'rfc7591:3.2.2:names-the-member'), () => {
  const texts = ['redirect_uris', 'grant_types', 'response_types', 'contacts'];
  const text = [
    'client_name',
    'client_uri',
    'logo_uri',
    'tos_uri',
    'policy_uri',
    'scope',
    'application_type',
    'software_id',
    'software_version',
  ];
  const wrong: [string, unknown, string][] = [
    ...texts.flatMap((member): [string, unknown, string][] => [
      [member, 'x', `${member} must be an array of strings`],
      [member, {}, `${member} must be an array of strings`],
      [member, 1, `${member} must be an array of strings`],
      [member, false, `${member} must be an array of strings`],
      [member, [1], `${member}[0] must be a string`],
      [member, ['x', null], `${member}[1] must be a string`],
      [member, ['x', ['y']], `${member}[1] must be a string`],
    ]),
    ...[...text, 'token_endpoint_auth_method'].flatMap((member): [string, unknown, string][] =>
      [1, 0, true, false, [], ['x'], {}].map((value) => [member, value, `${member} must be a string`]),
    ),
  ];
  test.each(wrong)('%s: %j', (member, value, description) => {
    expect(parseClientMetadata({ [member]: value })).toEqual({
      ok: false,
      refusal: {
        code: member === 'redirect_uris' ? 'invalid_redirect_uri' : 'invalid_client_metadata',
        rule: 'metadata.type',
        description: `${description} [metadata.type]`,
      },
    });
  });
});

test(cite('null and the empty string mean absent', 'rfc7591:2:null-is-absent'), () => {
  const body = { redirect_uris: null, client_name: '', scope: null, grant_types: '', logo_uri: null };
  expect(parseClientMetadata(body)).toEqual({ ok: true, metadata: {} });
});

test(
  cite(
    'a language tag is written in one way, and belongs to members for people alone',
    'rfc7591:2.2:tag-case',
    'rfc7591:2.2:other-members',
  ),
  () => {
    const body = {
      'client_name#JA-jpan-jp': 'メモ',
      'client_name#en': '',
      'tos_uri#de': null,
      'redirect_uris#fr': ['x'],
      'software_id#fr': 'x',
      client_name: 'Notes',
    };
    expect(parseClientMetadata(body)).toEqual({
      ok: true,
      metadata: { client_name: 'Notes', 'client_name#ja-Jpan-JP': 'メモ' },
    });
  },
);

test(
  cite(
    'unknown members and members of the server are not adopted',
    'rfc7591:2:unknown-members',
    'rfc7591:2:jwks',
    'rfc7591:3.1:server-chooses-the-id',
    'vestibule:bad-input:prototype',
  ),
  () => {
    const body = JSON.parse(`{
    "redirect_uris": ["https://app.example/cb"], "client_id": "mine", "client_secret": "s", "client_id_issued_at": 1,
    "client_secret_expires_at": 0, "registration_access_token": "t", "registration_client_uri": "https://x.example",
    "jwks": {"keys": []}, "jwks_uri": "https://x.example", "sector_identifier_uri": "https://x.example",
    "request_uris": ["https://x.example"], "__proto__": {"client_name": "x"},
    "constructor": 1, "toString": 2, "anything": {"deep": [1, [2]]}
  }`);
    expect(parseClientMetadata(body)).toEqual({
      ok: true,
      metadata: { redirect_uris: ['https://app.example/cb'] },
    });
  },
);
