import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { type Attack, HEADER, key, problemOf, withClaim } from '../support/attack.ts';
import { CLAIMS, ISSUER, SECONDS, signedParts, statementOf } from '../support/issuer.ts';

const without = (name: string) => withClaim(name, undefined);

test.each<Attack>([
  ['no issuer', without('iss')],
  ['a list of issuers', withClaim('iss', [ISSUER])],
  ['an issuer from beyond', () => signedParts(key, HEADER, `{"__proto__":${JSON.stringify(CLAIMS)}}`)],
])(cite('a statement of an unknown issuer is invalid: %s', 'rfc7591:2.3:issuer'), async (_, make) => {
  expect(await problemOf(await make(), 'invalid')).toMatch(/^has no iss that is a string/);
});

test.each<Attack>([
  ['no iat', without('iat')],
  ['a text for iat', withClaim('iat', String(SECONDS))],
  [
    'iat beyond all numbers',
    () => signedParts(key, HEADER, JSON.stringify({ ...CLAIMS, iat: 0 }).replace('"iat":0', '"iat":-1e999')),
  ],
])('a statement of no time is invalid: %s', async (_, make) => {
  expect(await problemOf(await make(), 'invalid')).toMatch(/^has no iat that is a number/);
});

test.each<Attack>([['iat a minute and a second hence', withClaim('iat', SECONDS + 61)]])(
  cite('a statement of the future is invalid: %s', 'vestibule:software-statements:in-time'),
  async (_, make) => {
    expect(await problemOf(await make(), 'invalid')).toMatch(/^has an iat that is in the future/);
  },
);

test.each<Attack>([
  ['no exp', without('exp')],
  ['exp is null', withClaim('exp', null)],
  ['a text for exp', withClaim('exp', String(SECONDS + 60))],
  ['a list for exp', withClaim('exp', [SECONDS + 60])],
  [
    'exp that never comes',
    () => signedParts(key, HEADER, JSON.stringify({ ...CLAIMS, exp: 0 }).replace('"exp":0', '"exp":1e999')),
  ],
])('a statement without an end is invalid: %s', async (_, make) => {
  expect(await problemOf(await make(), 'invalid')).toMatch(/^has no exp that is a number/);
});

test.each<Attack>([
  ['expired a minute ago, to the instant', withClaim('exp', SECONDS - 60)],
  ['expired before there were clocks', withClaim('exp', -1e300)],
])(
  cite('a statement whose time is over is invalid: %s', 'vestibule:software-statements:in-time'),
  async (_, make) => {
    expect(await problemOf(await make(), 'invalid')).toMatch(/^has expired/);
  },
);

test.each<Attack>([
  ['a text for nbf', withClaim('nbf', '0')],
  ['nbf is null', withClaim('nbf', null)],
])('a statement with an unreadable beginning is invalid: %s', async (_, make) => {
  expect(await problemOf(await make(), 'invalid')).toMatch(/^has an nbf that is not a number/);
});

test.each<Attack>([['nbf tomorrow', withClaim('nbf', SECONDS + 86_400)]])(
  'a statement for later is invalid: %s',
  async (_, make) => {
    expect(await problemOf(await make(), 'invalid')).toMatch(/^has an nbf that is in the future/);
  },
);

test.each<Attack>([['meant for somebody else', withClaim('aud', 'https://id.example')]])(
  'a statement for others is invalid: %s',
  async (_, make) => {
    expect(await problemOf(await make(), 'invalid')).toMatch(/^has an aud that does not name this server/);
  },
);

test.each<[name: string, problem: RegExp, make: Attack[1]]>([
  [
    'an unknown issuer',
    /^comes from 'https:\/\/thief.example', who is not trusted/,
    withClaim('iss', 'https://thief.example'),
  ],
  ['a trusted issuer with a slash', /'https:\/\/vouch.example\/'/, withClaim('iss', `${ISSUER}/`)],
  ['a trusted issuer in capitals', /'https:\/\/VOUCH.example'/, withClaim('iss', 'https://VOUCH.example')],
  [
    'a trusted issuer with a space',
    /^comes from \(22 characters, with U\+0020\)/,
    withClaim('iss', `${ISSUER} `),
  ],
  ['half a trusted issuer', /'https:\/\/vouch'/, withClaim('iss', 'https://vouch')],
  ['an issuer of every object', /'constructor'/, withClaim('iss', 'constructor')],
  ['an issuer that is empty', /^comes from ''/, withClaim('iss', '')],
  [
    'an issuer with quotes and worse',
    /^comes from \(4 characters, with U\+0022\)/,
    withClaim('iss', 'a"\\\u202e'),
  ],
  ['an issuer as long as a book', /^comes from 'x{120}\.\.\.'/, withClaim('iss', 'x'.repeat(5000))],
  [
    'an issuer twice, the trusted one first',
    /thief/,
    () => signedParts(key, HEADER, JSON.stringify(CLAIMS).replace(/}$/, ',"iss":"https://thief.example"}')),
  ],
])(cite('the issuer must match exactly: %s', 'rfc7591:2.3:issuer'), async (_, problem, make) => {
  expect(await problemOf(await make(), 'untrusted')).toMatch(problem);
});

test.each<[name: string, problem: RegExp, make: Attack[1]]>([
  [
    'software that its issuer cannot verify',
    /^is about the software 'bank', for which 'https:\/\/vouch.example'/,
    withClaim('software_id', 'bank'),
  ],
  [
    'software with quotes',
    /^is about the software \(1 characters, with U\+0022\)/,
    withClaim('software_id', '"'),
  ],
  ['no software', /^has no software_id/, withClaim('software_id', undefined)],
  ['software that is a list', /^has no software_id/, withClaim('software_id', ['notes-agent'])],
])(cite('untrusted: %s', 'vestibule:software-statements:software-ids'), async (_, problem, make) => {
  expect(await problemOf(await make(), 'untrusted')).toMatch(problem);
});

test('software that its issuer cannot verify is invalid after its expiry', async () => {
  const statement = await statementOf(key, { software_id: 'bank', exp: 0 });
  expect(await problemOf(statement, 'invalid')).toMatch(/^has expired/);
});
