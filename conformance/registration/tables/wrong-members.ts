/** A member with an invalid value, and the expected error. */
export interface WrongMember {
  readonly member: string;
  readonly value: unknown;
  readonly rule: string;
  readonly error?: 'invalid_redirect_uri';
  /** Other members that make it invalid. */
  readonly beside?: object;
}

const TEXTS = [
  'client_name',
  'client_uri',
  'logo_uri',
  'tos_uri',
  'policy_uri',
  'scope',
  'application_type',
  'software_id',
  'software_version',
  'software_statement',
  'token_endpoint_auth_method',
  'client_name#fr',
  'logo_uri#de',
];
const LISTS = ['redirect_uris', 'grant_types', 'response_types', 'contacts'];
const PAGES = ['client_uri', 'logo_uri', 'tos_uri', 'policy_uri', 'client_uri#fr', 'policy_uri#de'];

const deep = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));

const uris = (value: unknown, rule: string): WrongMember => ({
  member: 'redirect_uris',
  value,
  rule: `redirect-uris.${rule}`,
  error: 'invalid_redirect_uri',
});

const each = (members: readonly string[], values: readonly unknown[], rule: string): readonly WrongMember[] =>
  members.flatMap((member) =>
    values.map((value) => ({
      member,
      value,
      rule,
      ...(member === 'redirect_uris' && { error: 'invalid_redirect_uri' as const }),
    })),
  );

/** Every member with every kind of invalid value. */
export const WRONG_MEMBERS: readonly WrongMember[] = [
  ...each(TEXTS, [0, true, [], ['x'], {}, deep(2_000)], 'metadata.type'),
  ...each(LISTS, ['x', 1, false, { 0: 'x' }, [1], ['x', null], [['x']], deep(2_000)], 'metadata.type'),

  uris([], 'count'),
  uris(null, 'count'),
  uris('', 'count'),
  uris(
    Array.from({ length: 11 }, (_, place) => `https://app.example/${place}`),
    'count',
  ),
  uris(['https://app.example/cb', ''], 'characters'),
  uris(['https://app.example/\u0000'], 'characters'),
  uris(['https://app.example/\uD800'], 'characters'),
  uris(['https://\uDFFFapp.example/'], 'characters'),
  uris([' https://app.example/'], 'characters'),
  uris(['https://app.example\\@thief.example/'], 'characters'),
  uris(['https://äpp.example/'], 'characters'),
  uris([`https://app.example/${'x'.repeat(2_048)}`], 'length'),
  uris(['https://app.example/#x'], 'fragment'),
  uris(['https://app.example/?state=x'], 'query'),
  uris(['/cb'], 'absolute'),
  uris(['app:cb'], 'absolute'),
  uris(['javascript:alert(1)'], 'scheme'),
  uris(['data:text/html,x'], 'scheme'),
  uris(['https://user@app.example/'], 'user-info'),
  uris(['https://127.1/'], 'host'),
  uris(['https://app.example:x/'], 'host'),
  uris(['http://localhost:70000/'], 'host'),
  uris(['http://app.example/'], 'http-host'),
  uris(['http://localhost.thief.example/'], 'http-host'),
  uris(['https://refused.example/'], 'accepted-host'),

  ...each(
    ['grant_types'],
    [['client_credentials'], ['authorization_code', 'client_credentials']],
    'grant-types.client-credentials',
  ),
  ...each(
    ['grant_types'],
    [['implicit'], ['authorization_code', 'password'], ['\uD800'], ['']],
    'grant-types.supported',
  ),
  ...each(['grant_types'], [[], ['refresh_token']], 'grant-types.authorization-code'),
  ...each(
    ['response_types'],
    [[], ['token'], ['code', 'token'], ['code token'], ['\uDC00'], [''], ['CODE']],
    'response-types.code',
  ),
  ...each(['scope'], ['"', 'a\\b', 'a\tb', 'é', '\u0000', '\uD800', ' \n'], 'scope.open'),
  ...each(['application_type'], ['Native', 'desktop', ' ', '\uD800', '__proto__'], 'application-type.known'),
  ...each(
    PAGES,
    [
      'javascript:alert(1)',
      'http://app.example/',
      'app:/x',
      'app.example',
      'https://app.example/\u0000',
      'https://app.example/\uD800',
      `https://app.example/${'x'.repeat(2_048)}`,
    ],
    'claimed-uris.web',
  ),
  ...each(
    ['software_id', 'software_version'],
    ['a\nb', '\u0000', '\uD800', '\u202E', 'x'.repeat(256)],
    'software.text',
  ),
  ...each(
    ['contacts'],
    [[''], ['a\r\nb'], ['\uDBFF'], ['x'.repeat(255)], Array.from({ length: 11 }, () => 'a')],
    'contacts.text',
  ),
  ...each(
    ['client_name', 'client_name#fr', 'client_name#ja-Jpan-JP'],
    ['Acme', 'ａcme', 'Αcme Mail'],
    'client-name.reserved',
  ),
  ...each(
    ['client_name#', 'client_name#not a tag', 'logo_uri#\uD800', 'tos_uri#__proto__'],
    ['x'],
    'metadata.language',
  ),
  { member: 'client_name#FR', value: 'a', rule: 'metadata.language', beside: { 'client_name#fr': 'b' } },
  {
    member: 'client_name#fr',
    value: 'a',
    rule: 'languages.count',
    beside: Object.fromEntries(Array.from({ length: 100 }, (_, place) => [`client_name#fr-x-${place}`, 'a'])),
  },
];
