import { findRule } from '@vestibule/core/policy';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { type Answered, BODY, openPlace, type Registration } from '../support/place.ts';
import type { Table } from './table.ts';
import { WRONG_MEMBERS, type WrongMember } from './wrong-members.ts';

const SETTINGS: Registration = {
  coalesce: false,
  reservedNames: ['Acme'],
  refusedRedirectHosts: ['refused.example'],
  management: { enabled: true, rotateToken: false },
};

const bad = cite(
  'a wrong member is named in a clear error, and neither a registration nor an update with it changes anything',
  'vestibule:bad-input:every-member',
  'vestibule:bad-input:nothing-happens',
  'vestibule:bad-input:nothing-lost',
  'vestibule:bad-input:management',
  'vestibule:bad-input:surrogates',
  'rfc7591:2:member-types',
  'rfc7591:3.2.2:json',
  'rfc7591:3.2.2:names-the-member',
  'rfc7591:3.2.2:invalid-redirect-uri',
  'rfc7591:3.2.2:invalid-client-metadata',
  'rfc7591:3.2.2:nothing-stored',
  'rfc7592:2.2:refused',
  'vestibule:policy:stable-ids',
);

const byMember = Object.entries(Object.groupBy(WRONG_MEMBERS, ({ member }) => member));

/** The expected value of a member. */
const expectedOf = ({ member, value, rule, error }: WrongMember) => ({
  value,
  status: 400,
  error: error ?? 'invalid_client_metadata',
  rule,
  member: member.split('#')[0],
  isPlain: true,
});

export const members: Table = (venue) => {
  describe(bad, () => {
    test.each(byMember)('%s', async (_, wrong = []) => {
      const place = await openPlace(venue(), SETTINGS);
      const keeper = await place.registered({ ...BODY, client_name: 'Keeper' });
      const before = await place.clients();
      const { client_id, registration_client_uri: path, registration_access_token: token } = keeper;
      const said = { registered: [] as object[], updated: [] as object[] };
      for (const { member, value, beside } of wrong) {
        const body = { ...BODY, ...beside, [member]: value };
        const update = { method: 'PUT', token, body: { client_id, ...body } };
        said.registered.push(readOf(member, value, await place.register(body), place.issuer));
        said.updated.push(readOf(member, value, await place.ask(path, update), place.issuer));
      }
      const expected = wrong.map(expectedOf);
      expect(said).toEqual({ registered: expected, updated: expected });
      expect(await place.clients()).toEqual(before);
      expect((await place.ask(path, { method: 'GET', token })).body).toEqual(keeper);
      expect(await place.counts()).toEqual({
        'registration.accepted': 1,
        'registration.refused': wrong.length,
        'client.update-refused': wrong.length,
      });
      expect(place.errors).toEqual([]);
      for (const { rule } of wrong) expect(findRule(rule)).toBeDefined();
    });
  });

  test.each<[string, unknown, object]>([
    ['client_name', 'Garden\uD800 app\uDFFF', { client_name: 'Garden app' }],
    ['client_name', '\uD800', { client_name: 'app.example' }],
    ['client_name#fr', 'Car\uDC00net', { 'client_name#fr': 'Carnet' }],
    ['token_endpoint_auth_method', '\uD800\u0000', { token_endpoint_auth_method: 'none' }],
    ['unknown\uD800', '\uD800', {}],
    ['__proto__', { client_name: '\uD800' }, {}],
  ])(
    cite(
      'half a character that does no harm is cleaned away: %s %j',
      'vestibule:bad-input:surrogates',
      'vestibule:bad-input:prototype',
    ),
    async (member, value, expected) => {
      const place = await openPlace(venue(), SETTINGS);
      const text = JSON.stringify(BODY).replace(/}$/, `,${JSON.stringify(member)}:${JSON.stringify(value)}}`);
      const body = member === 'client_name' ? JSON.stringify({ ...BODY, [member]: value }) : text;
      const answer = await place.registered(body);
      expect(answer).toMatchObject({ ...BODY, ...expected });
      const [client] = await place.clients();
      for (const kept of [answer, client]) {
        expect(JSON.parse(JSON.stringify(kept), wellFormed)).toEqual(kept);
      }
      expect(place.errors).toEqual([]);
    },
  );

  test.each<[string, unknown]>([
    ['jwks', { keys: [] }],
    ['jwks_uri', 'https://app.example/jwks'],
    ['client_id', 'mine'],
    ['client_secret', 'mine'],
    ['client_id_issued_at', 1],
    ['registration_access_token', 'mine'],
    ['registration_client_uri', 'https://thief.example'],
    ['constructor', { prototype: {} }],
    ['toString', 5],
    ['software_id#fr', ['x']],
    ['redirect_uris#fr', 5],
  ])(
    cite(
      'unknown members are not stored: %s',
      'rfc7591:2:unknown-members',
      'rfc7591:3.1:server-chooses-the-id',
      'vestibule:bad-input:prototype',
    ),
    async (member, value) => {
      const place = await openPlace(venue(), { management: { enabled: false } });
      const answer = await place.registered({ ...BODY, [member]: value });
      expect(Object.entries(answer)).not.toContainEqual([member, value]);
      expect(JSON.stringify(await place.clients())).not.toContain('mine');
    },
  );
};

/** The value of a member in a response. */
function readOf(member: string, value: unknown, { status, headers, body }: Answered, issuer: string): object {
  const { error, error_description: description, error_uri: page } = body;
  const [name = ''] = member.split('#');
  const [, rule = ''] = /\[([a-z0-9.-]+)\]$/.exec(description) ?? [];
  const isPlain =
    /^[\x20\x21\x23-\x5B\x5D-\x7E]+$/.test(description) &&
    headers.get('content-type')?.startsWith('application/json') === true &&
    headers.get('cache-control') === 'no-store' &&
    page === `${issuer}/connect/rules#${rule}`;
  return { value, status, error, rule, member: description.includes(name) ? name : description, isPlain };
}

/** Throws if a text is malformed. */
function wellFormed(_: string, value: unknown): unknown {
  if (typeof value === 'string' && !value.isWellFormed()) {
    throw new Error(`${JSON.stringify(value)} is stored.`);
  }
  return value;
}
