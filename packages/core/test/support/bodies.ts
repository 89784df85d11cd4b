import fc from 'fast-check';

/** Arbitrary values. */
const stray = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom<unknown>(null, '', [], [null], {}, 0, false, '\uD800', '\u0000', 'x'.repeat(3_000)),
);

/** Usually one of these, sometimes anything. */
const often = (...usual: readonly unknown[]): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 40, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: stray });

const REDIRECT_URIS = [
  'https://app.example/cb',
  'https://app.example:8443/cb?x=1',
  'http://localhost:1234/cb',
  'http://127.0.0.1/cb',
  'app:/cb',
  'com.example.app://host/cb',
];

/** Bodies of registrations: most of them nearly valid, some valid, and some nonsense. */
export const bodies: fc.Arbitrary<object> = fc.record(
  {
    redirect_uris: fc.oneof(
      { weight: 18, arbitrary: fc.subarray(REDIRECT_URIS, { minLength: 1 }) },
      { weight: 1, arbitrary: fc.constant(['http://app.example/cb', 'javascript:x']) },
      { weight: 1, arbitrary: stray },
    ),
    client_name: often('Notes', ' N\u200Botes ', 'Éditeur de notes', 'メモ', '\u202Enotes', ''),
    'client_name#fr': often('Carnet', '\u200B', null),
    'client_name#JA-jpan': often('メモ', ''),
    'policy_uri#fr': often('https://app.example/fr', ''),
    client_uri: often('https://app.example', 'http://localhost:5173/#x'),
    logo_uri: often('https://app.example/l.png'),
    tos_uri: often('https://app.example/t'),
    policy_uri: often('https://app.example/p'),
    scope: often('notes:read', 'notes:write notes:read', 'notes:admin', 'notes:read notes:read claudeai'),
    grant_types: often(
      ['authorization_code'],
      ['refresh_token', 'authorization_code'],
      ['authorization_code', 'implicit'],
    ),
    response_types: often(['code'], ['code', 'code'], ['code', 'id_token']),
    token_endpoint_auth_method: often('none', 'client_secret_post', 'nonsense'),
    application_type: often('native', 'web'),
    software_id: often('notes'),
    software_version: often('1.0 β'),
    contacts: often(['ada@app.example', 'Grace'], []),
    software_statement: often('a.b.c', ''),
    client_id: often('dyn-mine'),
    unknown: stray,
  },
  { requiredKeys: ['redirect_uris'] },
);
