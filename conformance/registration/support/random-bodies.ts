import { fixtures } from '@vestibule/client-fixtures';
import fc from 'fast-check';

/** The members of a body of a registration: names can be repeated. */
type Members = readonly (readonly [name: string, json: string])[];

const recorded: readonly Members[] = fixtures.map(({ registration }) =>
  Object.entries(registration).map(([name, value]) => [name, JSON.stringify(value)] as const),
);
const pieces = recorded.flat();
const names = [...new Set(pieces.map(([name]) => name))];
const uris = fixtures.flatMap(({ redirects, registration }) =>
  registration.redirect_uris.concat(redirects.map(({ uri }) => uri)),
);

const deep = (open: string, close: string, depth = 3_000): string => open.repeat(depth) + close.repeat(depth);

/** What no agent sends. */
const strange = fc.oneof(
  fc.jsonValue().map((value) => JSON.stringify(value)),
  fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
  fc.constantFrom(
    'null',
    '""',
    '[]',
    '{}',
    '0',
    '-1e400',
    'false',
    '[null]',
    '[[]]',
    '"\\ud800"',
    '["\\udfff"]',
    '"\\u0000"',
    '"\\u202e[verified by you]"',
    '["client_credentials"]',
    '["token"]',
    '"notes:admin"',
    '{"__proto__":null}',
    deep('[', ']'),
    deep('{"a":', '}').replace('}', '1}'),
    JSON.stringify('x'.repeat(3_000)),
    JSON.stringify('x'.repeat(70_000)),
    JSON.stringify(Array.from({ length: 11 }, (_, place) => `https://app.example/${place}`)),
  ),
);

const anyName = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...names) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '__proto__',
      'constructor',
      'toString',
      'client_id',
      'client_secret',
      'contacts',
      'logo_uri',
      'tos_uri',
      'policy_uri',
      'jwks',
      'jwks_uri',
      'software_statement',
      'client_name#fr',
      'client_name#JA-jpan',
      'client_uri#de',
      'client_name#\ud800',
      'redirect_uris#fr',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
);

/** A string of a real body, with something inserted, removed or changed. */
const mutatedUri = fc
  .tuple(
    fc.constantFrom(...uris),
    fc.nat(),
    fc.constantFrom('', '@', '#', '?code=1', '\\', '\ud800', '%', ':', '*', '..'),
    fc.nat(2),
  )
  .map(([uri, place, put, cut]) => {
    const at = place % (uri.length + 1);
    return JSON.stringify([uri.slice(0, at) + put + uri.slice(at + cut)]);
  });

/** A statement that the realm is to trust, and one that it is not. */
export const VOUCHED = 'vouched.by.somebody';
export const UNTRUSTED = 'vouched.by.nobody';

/** A member that claims an identity. */
const claim: fc.Arbitrary<readonly [string, string]> = fc.constantFrom(
  ['software_statement', JSON.stringify(VOUCHED)] as const,
  ['software_statement', JSON.stringify(UNTRUSTED)] as const,
  ['software_statement', '"a.b.c"'] as const,
  ['client_name', '"Claude"'] as const,
  ['client_name', '"Notes"'] as const,
);

type Change = (members: Members) => Members;

const change: fc.Arbitrary<Change> = fc.oneof(
  // A member of another agent.
  {
    weight: 8,
    arbitrary: fc.constantFrom(...pieces).map(
      (piece): Change =>
        (members) =>
          put(members, piece),
    ),
  },
  {
    weight: 1,
    arbitrary: claim.map(
      (piece): Change =>
        (members) =>
          put(members, piece),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...names).map(
      (gone): Change =>
        (members) =>
          members.filter(([name]) => name !== gone),
    ),
  },
  {
    weight: 2,
    arbitrary: mutatedUri.map(
      (json): Change =>
        (members) =>
          put(members, ['redirect_uris', json]),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.subarray(uris, { minLength: 1, maxLength: 4 }).map(
      (some): Change =>
        (members) =>
          put(members, ['redirect_uris', JSON.stringify(some)]),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(anyName, strange).map(
      ([name, json]): Change =>
        (members) =>
          put(members, [name, json]),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(anyName, fc.constantFrom(...pieces)).map(
      ([name, [, json]]): Change =>
        (members) =>
          put(members, [name, json]),
    ),
  },
);

/** In its place, or at the end. */
const put: (members: Members, piece: readonly [string, string]) => Members = (members, [name, json]) =>
  members.some(([other]) => other === name)
    ? members.map((member) => (member[0] === name ? [name, json] : member))
    : [...members, [name, json]];

const whole = fc
  .tuple(fc.constantFrom(...recorded), fc.array(change, { maxLength: 5 }))
  .map(([members, changes]) => {
    const changed = changes.reduce((some, one) => one(some), members);
    return `{${changed.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(',')}}`;
  });

/** Bodies as they are sent: parts of what real agents send, combined, changed and broken. */
export const randomBodies: fc.Arbitrary<string> = fc.oneof(
  { weight: 30, arbitrary: whole },
  // Broken at one place.
  {
    weight: 2,
    arbitrary: fc
      .tuple(whole, fc.nat(), fc.constantFrom('', '"', '}', '{', ',', '\u0000', '\\', '[', ' '))
      .map(([text, place, other]) => {
        const at = place % (text.length + 1);
        return text.slice(0, at) + other + text.slice(at + 1);
      }),
  },
  // A repeated member.
  {
    weight: 1,
    arbitrary: fc
      .tuple(whole, fc.constantFrom(...pieces))
      .map(([text, [name, json]]) => text.replace(/^\{/, `{${JSON.stringify(name)}:${json},`)),
  },
  { weight: 1, arbitrary: strange },
);
