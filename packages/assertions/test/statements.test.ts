import { STATEMENT_ALGORITHMS, type TrustedIssuer } from '@vestibule/core/registration';
import { cite } from '@vestibule/requirements';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AssertionOptions } from '../src/index.ts';
import { createStatementVerifier } from '../src/software-statements/index.ts';
import {
  CLAIMS,
  ISSUER,
  type IssuerKey,
  jwksOf,
  makeKey,
  NOW,
  SECONDS,
  signedParts,
  statementOf,
  statementOfLength,
  trusted,
} from './support/issuer.ts';

let key: IssuerKey;
beforeAll(async () => {
  key = await makeKey();
});

const verify = (statement: string, options?: AssertionOptions, now = NOW, audience: readonly string[] = []) =>
  createStatementVerifier(options).verify(statement, [trusted({ jwks: jwksOf(key) })], now, audience);

const verifyFor = (issuers: readonly TrustedIssuer[], statement: string) =>
  createStatementVerifier().verify(statement, issuers, NOW, []);

test.each(STATEMENT_ALGORITHMS)(
  cite('a statement signed with %s is verified', 'rfc7591:2.3:algorithms'),
  async (alg) => {
    const signer = await makeKey(alg);
    const others = STATEMENT_ALGORITHMS.filter((other) => other !== alg);
    const jwks = jwksOf(signer);
    const [issuer, stricter] = [trusted({ jwks, algorithms: [alg] }), trusted({ jwks, algorithms: others })];
    const statement = await statementOf(signer);
    expect(await verifyFor([issuer], statement)).toEqual({ outcome: 'verified', issuer, claims: CLAIMS });
    expect(await verifyFor([stricter], statement)).toMatchObject({
      outcome: 'invalid',
      problem: expect.stringContaining('is not signed with an algorithm that is agreed with'),
    });
  },
);

test('every claim comes out as it was signed, and is nothing but a claim', async () => {
  const payload = `{"iss":"${ISSUER}","iat":${SECONDS},"exp":${SECONDS + 1},"__proto__":{"polluted":true},
    "constructor":{"prototype":{"polluted":true}},"toString":1,"deep":${'['.repeat(2000)}${']'.repeat(2000)}}`;
  const verdict = await verify(await signedParts(key, { alg: 'ES256' }, payload));
  if (verdict.outcome !== 'verified') throw new Error(verdict.problem);
  expect(Object.keys(verdict.claims)).toEqual(Object.keys(JSON.parse(payload)));
  expect(Object.getOwnPropertyDescriptor(verdict.claims, '__proto__')?.value).toEqual({ polluted: true });
  expect(Object.getPrototypeOf(verdict.claims)).toBe(Object.prototype);
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

test('a statement may have 16 KiB', async () => {
  const statement = await statementOfLength(key, 16_384);
  expect(statement).toHaveLength(16_384);
  expect(await verify(statement)).toMatchObject({ outcome: 'verified' });
});

describe.each<[what: string, header: object]>([
  ['no typ', {}],
  ['the typ of every JWT', { typ: 'JWT' }],
  ['the same in small letters', { typ: 'jwt' }],
  ['the same with its whole name', { typ: 'application/JWT' }],
  ['a typ of its own', { typ: 'software-statement+jwt' }],
  ['the whole name of that', { typ: 'application/Software-Statement+JWT' }],
  ['b64 as it is anyway', { b64: true }],
  ['no kid', { kid: undefined }],
  ['a key set address, which is ignored', { jku: 'https://127.0.0.1:1/jwks' }],
  ['certificates, which are ignored', { x5u: 'https://127.0.0.1:1/', x5c: ['MIIB'], x5t: 'AAAA' }],
])('a header with %s', (_, header) => {
  test('is that of a statement', async () => {
    expect(await verify(await statementOf(key, {}, header))).toMatchObject({ outcome: 'verified' });
  });
});

test('the last value of a duplicate member counts, in the header and in the payload', async () => {
  const header = '{"alg":"none","kid":"other","alg":"ES256","kid":"k"}';
  const payload = JSON.stringify(CLAIMS).replace('{', '{"iss":"https://other.example","exp":0,');
  expect(await verify(await signedParts(key, header, payload))).toMatchObject({
    outcome: 'verified',
    claims: CLAIMS,
  });
});

test.each<[what: string, claims: object, now: number, outcome: string]>([
  ['signed just now', { iat: SECONDS }, NOW, 'verified'],
  ['signed by a clock 60 s ahead', { iat: SECONDS + 60 }, NOW, 'verified'],
  ['signed by a clock more than 60 s ahead', { iat: SECONDS + 60 }, NOW - 1, 'invalid'],
  ['valid in 60 s', { nbf: SECONDS + 60 }, NOW, 'verified'],
  ['valid in more than 60 s', { nbf: SECONDS + 60 }, NOW - 1, 'invalid'],
  ['about to expire', { exp: SECONDS + 0.5 }, NOW, 'verified'],
  ['not yet 60 s past its time', { exp: SECONDS - 60 }, NOW - 1, 'verified'],
  ['exactly 60 s past its time', { exp: SECONDS - 60 }, NOW, 'invalid'],
  ['past its time at no time at all', {}, Number.NaN, 'invalid'],
])(
  cite('a statement that is %s', 'vestibule:software-statements:in-time'),
  async (_, claims, now, outcome) => {
    expect(await verify(await statementOf(key, claims), undefined, now)).toMatchObject({ outcome });
  },
);

test.each<[outcome: string, claims: object]>([
  ['verified', { iat: SECONDS, nbf: SECONDS, exp: SECONDS + 0.001 }],
  ['invalid', { iat: SECONDS + 0.001 }],
  ['invalid', { nbf: SECONDS + 0.001 }],
  ['invalid', { exp: SECONDS }],
])('without tolerance for clocks to the millisecond: %s, %o', async (outcome, claims) => {
  const statement = await statementOf(key, claims);
  expect(await verify(statement, { clockTolerance: 0 })).toMatchObject({ outcome });
});

test.each<[outcome: string, audience: readonly string[] | undefined, aud: unknown]>([
  ['verified', undefined, undefined],
  ['verified', ['https://id.example'], undefined],
  ['verified', ['https://id.example'], 'https://id.example'],
  ['verified', ['https://a.example', 'https://b.example'], ['https://c.example', 'https://b.example']],
  ['invalid', undefined, 'https://id.example'],
  ['invalid', [], 'https://id.example'],
  ['invalid', ['https://id.example'], 'https://id.example/'],
  ['invalid', ['https://id.example'], ['https://id.example', 5]],
  ['invalid', ['https://id.example'], [['https://id.example']]],
  ['invalid', ['https://id.example'], { 0: 'https://id.example' }],
  ['invalid', ['https://id.example'], []],
  ['invalid', ['https://id.example'], null],
  ['invalid', ['undefined', ''], 5],
])('is %s where the audience is %o and aud is %o', async (outcome, audience, aud) => {
  const statement = await signedParts(key, { alg: 'ES256' }, { ...CLAIMS, aud });
  expect(await verify(statement, {}, NOW, audience)).toMatchObject({ outcome });
});

test('what a statement says of the software is for others to judge', async () => {
  const claims = { software_id: 5, client_name: undefined, redirect_uris: undefined };
  expect(await verify(await statementOf(key, claims))).toMatchObject({ outcome: 'verified' });
});

test(
  cite('an issuer may be trusted for certain software', 'vestibule:software-statements:software-ids'),
  async () => {
    const issuer = trusted({ jwks: jwksOf(key), softwareIds: ['other', 'notes-agent'] });
    expect(await verifyFor([issuer], await statementOf(key))).toMatchObject({ outcome: 'verified', issuer });
  },
);

test(
  cite(
    'the named issuer counts if there are several, and the first of several with that name',
    'rfc7591:2.3:issuer',
  ),
  async () => {
    const others = await makeKey();
    const issuers = [
      trusted({ issuer: 'https://other.example', jwks: jwksOf(others) }),
      trusted({ jwks: jwksOf(key), name: 'First' }),
      trusted({ jwks: jwksOf(others), name: 'Second' }),
    ];
    expect(await verifyFor(issuers, await statementOf(key))).toMatchObject({
      outcome: 'verified',
      issuer: { name: 'First' },
    });
    expect(await verifyFor(issuers, await statementOf(others))).toMatchObject({ outcome: 'invalid' });
  },
);
