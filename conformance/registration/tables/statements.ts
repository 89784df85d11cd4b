import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { BODY, NOW, openPlace, type Registration } from '../support/place.ts';
import {
  CLAIMS,
  forged,
  forgedWithItsKey,
  ISSUER,
  statement,
  symmetric,
  STATEMENT_ISSUER,
  unsigned,
} from '@vestibule/testing/statement-issuer';
import type { Table } from './table.ts';

const SECONDS = NOW / 1_000;

type Bad = [
  title: string,
  make: () => string | Promise<string>,
  error: string,
  rule: string,
  settings?: Registration['softwareStatements'],
];

const INVALID = 'invalid_software_statement';
const UNAPPROVED = 'unapproved_software_statement';
const invalid = (title: string, make: Bad[1]): Bad => [title, make, INVALID, 'software-statement.valid'];

const BAD: readonly Bad[] = [
  invalid(cite('signed with another key', 'rfc7591:2.3:signed'), forged),
  invalid(
    cite('signed with another key, which is in its header', 'vestibule:software-statements:keys'),
    forgedWithItsKey,
  ),
  invalid(cite('signed with another key, with its address', 'vestibule:software-statements:keys'), () =>
    forged({ jku: 'https://thief.example/jwks', x5u: 'https://thief.example/x5u' }),
  ),
  invalid(cite('unsigned', 'vestibule:software-statements:no-none'), () => unsigned()),
  invalid(cite('unsigned, with another algorithm', 'rfc7591:2.3:signed'), () => unsigned('ES256')),
  invalid(cite('signed with the public key', 'vestibule:software-statements:no-symmetric'), symmetric),
  invalid(cite('that has expired', 'vestibule:software-statements:in-time'), () =>
    statement({ exp: SECONDS - 61 }),
  ),
  invalid(cite('of the future', 'vestibule:software-statements:in-time'), () =>
    statement({ iat: SECONDS + 61 }),
  ),
  invalid(cite('without an end', 'vestibule:software-statements:in-time'), () =>
    statement({ exp: undefined }),
  ),
  invalid(cite('without a beginning', 'vestibule:software-statements:in-time'), () =>
    statement({ iat: undefined }),
  ),
  invalid(cite('without an issuer', 'rfc7591:2.3:issuer'), () => statement({ iss: undefined })),
  invalid('for another server', () => statement({ aud: 'https://other.example' })),
  invalid('that is no JWT', () => 'a.b'),
  invalid('that is cut off', async () => (await statement()).slice(0, -4)),
  invalid('with a lone surrogate', async () => `${await statement()}\uD800`),
  [
    cite('in an algorithm that was not agreed', 'rfc7591:2.3:algorithms'),
    statement,
    INVALID,
    'software-statement.valid',
    { issuers: [{ ...STATEMENT_ISSUER, algorithms: ['RS256', 'EdDSA'] }] },
  ],
  [
    cite('of an untrusted issuer', 'vestibule:software-statements:untrusted-refused'),
    () => statement({ iss: 'https://other.example' }),
    UNAPPROVED,
    'software-statement.trusted',
    { untrusted: 'refuse' },
  ],
  [
    cite('without trusted issuers', 'vestibule:software-statements:untrusted-refused'),
    statement,
    UNAPPROVED,
    'software-statement.trusted',
    { issuers: [], untrusted: 'refuse' },
  ],
  [
    cite('of software that its issuer cannot verify', 'vestibule:software-statements:software-ids'),
    statement,
    UNAPPROVED,
    'software-statement.trusted',
    { issuers: [{ ...STATEMENT_ISSUER, softwareIds: ['other'] }], untrusted: 'refuse' },
  ],
  [
    cite('without a name', 'vestibule:software-statements:whole'),
    () => statement({ client_name: undefined }),
    INVALID,
    'software-statement.claims',
  ],
  [
    cite('without redirect URIs', 'vestibule:software-statements:whole'),
    () => statement({ redirect_uris: undefined }),
    INVALID,
    'software-statement.claims',
  ],
  [
    cite('for a redirect URI that is not allowed', 'vestibule:software-statements:policy-stands'),
    () => statement({ redirect_uris: ['http://vouched.example/cb'] }),
    'invalid_redirect_uri',
    'redirect-uris.http-host',
  ],
  [
    cite('for a client in its own name', 'vestibule:software-statements:rules-stand'),
    () => statement({ grant_types: ['authorization_code', 'client_credentials'] }),
    'invalid_client_metadata',
    'grant-types.client-credentials',
  ],
  [
    cite('for an implicit client', 'vestibule:software-statements:rules-stand'),
    () => statement({ response_types: ['token'] }),
    'invalid_client_metadata',
    'response-types.code',
  ],
];

const refuses = cite(
  'a statement is refused',
  'rfc7591:3.2.2:invalid-software-statement',
  'rfc7591:3.2.2:unapproved-software-statement',
  'rfc7591:3.2.2:nothing-stored',
);

export const statements: Table = (venue) => {
  const open = (softwareStatements: Registration['softwareStatements'] = {}, more: Registration = {}) =>
    openPlace(venue(), {
      ...more,
      softwareStatements: { issuers: [STATEMENT_ISSUER], ...softwareStatements },
    });

  describe(refuses, () => {
    test.each(BAD)('%s', async (_, make, error, rule, settings) => {
      const place = await open(settings);
      const software_statement = await make();
      const { status, headers, body } = await place.register({ ...BODY, software_statement });
      expect([status, headers.get('cache-control')]).toEqual([400, 'no-store']);
      expect(body).toEqual({
        error,
        error_description: expect.stringMatching(/^[\x20\x21\x23-\x5B\x5D-\x7E]+$/),
        error_uri: `${place.issuer}/connect/rules#${rule}`,
      });
      expect(body.error_description).toContain(`[${rule}]`);
      expect(body.error_description).not.toContain(software_statement);
      expect(await place.clients()).toEqual([]);
      expect(await place.events()).toMatchObject([{ type: 'registration.refused', rule }]);
    });
  });

  test(
    cite(
      'a valid one takes precedence over the body, and is returned unchanged',
      'rfc7591:2.3:signed',
      'rfc7591:3.1.1:claims-win',
      'rfc7591:3.2.1:statement',
      'rfc7591:3.2.1:claims',
      'vestibule:software-statements:nothing-beside',
    ),
    async () => {
      const place = await open();
      const software_statement = await statement({ aud: [place.issuer] });
      const answer = await place.registered({
        ...BODY,
        software_statement,
        'client_name#fr': 'Volé',
        logo_uri: 'https://thief.example/l.png',
        grant_types: ['authorization_code'],
      });
      expect(answer).toMatchObject({
        client_name: CLAIMS.client_name,
        redirect_uris: CLAIMS.redirect_uris,
        software_id: CLAIMS.software_id,
        grant_types: ['authorization_code'],
        software_statement,
      });
      for (const name of ['iss', 'iat', 'exp', 'aud', 'logo_uri', 'client_name#fr']) {
        expect(answer).not.toHaveProperty([name]);
      }
      expect(await place.stored(answer.client_id)).toMatchObject({
        registration: { vouchedBy: ISSUER, softwareStatement: software_statement },
      });
      expect(await place.events()).toMatchObject([{ type: 'registration.accepted', vouchedBy: ISSUER }]);
    },
  );

  test.each<[string, () => Promise<string>, Registration['softwareStatements']]>([
    ['one of an untrusted issuer', () => statement({ iss: 'https://other.example' }), {}],
    [
      'one of other software',
      () => statement(),
      { issuers: [{ ...STATEMENT_ISSUER, softwareIds: ['other'] }] },
    ],
  ])(
    cite(
      'where the realm ignores them, %s is as if it were not there',
      'vestibule:software-statements:untrusted-ignored',
    ),
    async (_, make, settings) => {
      const place = await open({ ...settings, untrusted: 'ignore' });
      const answer = await place.registered({ ...BODY, software_statement: await make() });
      expect(answer).toMatchObject(BODY);
      expect(answer).not.toHaveProperty('software_statement');
      const client = await place.stored(answer.client_id);
      expect(client).not.toHaveProperty('registration.vouchedBy');
      expect(client).not.toHaveProperty('registration.softwareStatement');
    },
  );

  test(
    cite(
      'while the issuer’s keys are away the answer is 503, and nothing is stored',
      'vestibule:software-statements:keys-away',
    ),
    async () => {
      const away = {
        name: 'Vouch',
        issuer: ISSUER,
        jwksUri: 'https://vouch.example/jwks',
        algorithms: ['ES256'],
      } as const;
      const place = await openPlace(
        venue(),
        { softwareStatements: { issuers: [away] }, management: { enabled: true, rotateToken: false } },
        {
          fetch: {
            fetch: async () => ({ ok: false, reason: 'connection', detail: 'vouch.internal is away' }),
          },
        },
      );
      const { status, headers, text, body } = await place.register({
        ...BODY,
        software_statement: await statement(),
      });
      expect([status, headers.get('retry-after')]).toEqual([503, '5']);
      expect(body.error).toBe('temporarily_unavailable');
      expect(text).not.toContain('vouch');
      expect(await place.clients()).toEqual([]);
      expect(await place.events()).toMatchObject([
        { type: 'jwks.unavailable', owner: `the trusted issuer '${ISSUER}'`, reason: 'connection' },
      ]);
      expect(place.errors).toHaveLength(1);
      const registered = await place.register(BODY);
      expect(registered.status).toBe(201);
      const { client_id, registration_client_uri: uri, registration_access_token: token } = registered.body;
      const updated = { ...BODY, client_id, software_statement: await statement() };
      expect((await place.ask(uri, { method: 'PUT', token, body: updated })).status).toBe(503);
      expect(await place.stored(client_id)).not.toHaveProperty('registration.vouchedBy');
      const recorded = (await place.events()).filter(({ type }) => type === 'jwks.unavailable');
      expect(recorded).toHaveLength(2);
    },
  );

  test('an update with the statement keeps its issuer, and one without it loses it', async () => {
    const place = await open({}, { management: { enabled: true, rotateToken: false } });
    const software_statement = await statement();
    const answer = await place.registered({ software_statement });
    const { client_id, registration_client_uri, registration_access_token: token } = answer;
    const put = (body: object) =>
      place.ask(registration_client_uri, { method: 'PUT', token, body: { client_id, ...body } });
    expect(await put({ ...BODY, software_statement })).toMatchObject({
      status: 200,
      body: { client_name: CLAIMS.client_name },
    });
    expect(await place.stored(client_id)).toMatchObject({ registration: { vouchedBy: ISSUER } });
    expect((await put({ ...BODY, software_statement: await forged() })).status).toBe(400);
    expect(await place.stored(client_id)).toMatchObject({ registration: { vouchedBy: ISSUER } });
    expect((await put(BODY)).body).toMatchObject(BODY);
    expect(await place.stored(client_id)).not.toHaveProperty('registration.vouchedBy');
  });
};
