import { NOW } from '@vestibule/testing/now';
import { base64url, type JWK, SignJWT } from 'jose';
import { cite } from '@vestibule/requirements';
import { beforeAll, describe, expect, test } from 'vitest';
import { accessTokenHash, judgeProof, PROOF_ALGORITHMS, type ProofQuestion } from '../src/index.ts';
import { jwtOf, proofKey, type ProofKey, signProof } from './make-proof.ts';

const SECONDS = NOW / 1_000;
const URL = 'https://id.example/connect/token';

let key: ProofKey;
let stranger: ProofKey;
let rsa: ProofKey;
beforeAll(async () => {
  [key, stranger, rsa] = await Promise.all([proofKey(), proofKey(), proofKey('RS256')]);
});

type Members = Readonly<Record<string, unknown>>;

const claims = (more: Members = {}): Members => ({
  jti: 'proof-1',
  htm: 'POST',
  htu: URL,
  iat: SECONDS,
  ...more,
});

const judge = (proof: string, more: Partial<ProofQuestion> = {}) =>
  judgeProof({ proof, method: 'POST', url: URL, now: NOW, ...more });

const proofOf = (more: Members = {}, header: Members = {}, by = key) => signProof(by, claims(more), header);

/** Signed by a key other than the one in its header. */
const withoutPart = (proof: string, index: number): string =>
  proof
    .split('.')
    .map((part, at) => (at === index ? '' : part))
    .join('.');

describe('a valid proof', () => {
  test.each(PROOF_ALGORITHMS)('by %s says whose it is', async (algorithm) => {
    const holder = await proofKey(algorithm);
    const judged = await judge(await proofOf({}, {}, holder));
    expect(judged).toEqual({
      ok: true,
      key: holder.thumbprint,
      id: JSON.stringify([holder.thumbprint, 'proof-1']),
      goodUntil: NOW + 301_000,
    });
  });

  test.each<[string, Members, Members, Partial<ProofQuestion>]>([
    ['five minutes old', { iat: SECONDS - 300 }, {}, {}],
    ['a minute ahead', { iat: SECONDS + 60 }, {}, {}],
    ['made in the middle of a second', { iat: SECONDS - 0.5 }, {}, {}],
    ['of a type that is written out', {}, { typ: 'application/dpop+jwt' }, {}],
    ['of a type in capitals', {}, { typ: 'DPoP+JWT' }, {}],
    ['with a nonce where none is wanted', { nonce: 'any' }, {}, {}],
    ['with the nonce', { nonce: 'n' }, {}, { nonces: ['m', 'n'] }],
    ['with unknown members', { more: true }, { more: true }, {}],
    ['of another method', { htm: 'GET' }, {}, { method: 'GET' }],
    ['with the hash of a token although none is presented', { ath: 'x' }, {}, {}],
  ])('may be %s', async (_, more, header, question) => {
    expect(await judge(await proofOf(more, header), question)).toMatchObject({ ok: true });
  });

  test.each([
    'https://id.example/connect/token?x=1',
    'https://id.example/connect/token#x',
    'HTTPS://ID.example/connect/token',
    'https://id.example:443/connect/token',
    'https://id.example/x/../connect/./token',
    'https://id.example/connect/t%6Fken',
    'https://id.example/connect/t%6fken',
  ])(cite('may write the address as %s', 'rfc9449:4.3:htu'), async (htu) => {
    expect(await judge(await proofOf({ htu }))).toMatchObject({ ok: true });
  });

  test('may be for an address that is itself written otherwise', async () => {
    const proof = await proofOf({ htu: 'https://id.example/a%2Fb/~me' });
    expect(await judge(proof, { url: 'https://ID.example:443/a%2fb/%7Eme?q' })).toMatchObject({ ok: true });
  });

  test('names the access token that it comes with', async () => {
    const proof = await proofOf({ ath: await accessTokenHash('token-1') });
    expect(await judge(proof, { accessToken: 'token-1' })).toMatchObject({ ok: true });
  });
});

describe('refuses', () => {
  const table: [string, () => string | Promise<string>][] = [
    ['nothing', () => ''],
    [cite('a word', 'rfc9449:4.3:form'), () => 'proof'],
    [cite('two parts', 'rfc9449:4.3:form'), async () => (await proofOf()).split('.').slice(0, 2).join('.')],
    ['four parts', async () => `${await proofOf()}.x`],
    [cite('two proofs', 'rfc9449:4.3:one'), async () => `${await proofOf()}, ${await proofOf()}`],
    ['a header that is no JSON', async () => `${base64url.encode('{')}.e30.x`],
    ['a payload that is no JSON', async () => withoutPart(await proofOf(), 1)],
    ['a proof that is too long', () => proofOf({ more: 'x'.repeat(8_192) })],

    [cite('another type', 'rfc9449:4.2:typ'), () => proofOf({}, { typ: 'JWT' })],
    ['the type of access tokens', () => proofOf({}, { typ: 'at+jwt' })],
    [cite('no type', 'rfc9449:4.2:typ'), () => proofOf({}, { typ: undefined })],

    [
      cite('alg none', 'rfc9449:4.2:alg'),
      () => jwtOf({ typ: 'dpop+jwt', alg: 'none', jwk: key.publicJwk }, claims()),
    ],
    ['no alg', () => jwtOf({ typ: 'dpop+jwt', jwk: key.publicJwk }, claims())],
    [
      cite('a shared secret', 'rfc9449:4.2:alg'),
      () => sharedSecret({ kty: 'oct', k: base64url.encode('secret') }, 'secret'),
    ],
    [
      cite('the public key as a secret', 'rfc9449:4.2:alg'),
      () => sharedSecret(key.publicJwk, JSON.stringify(key.publicJwk)),
    ],
    ['an unsupported algorithm', async () => proofOf({}, {}, await proofKey('ES512'))],
    ['the algorithm of another kind of key', async () => changedHeader(await proofOf(), { alg: 'RS256' })],
    [
      'an unknown extension',
      async () => changedHeader(await proofOf(), { crit: ['x\n2026 forged'], 'x\n2026 forged': 1 }),
    ],

    [cite('no signature', 'rfc9449:4.3:signature'), async () => withoutPart(await proofOf(), 2)],
    [
      cite('a changed payload', 'rfc9449:4.3:signature'),
      async () => changedPayload(await proofOf(), { iat: SECONDS - 1 }),
    ],
    [cite('another key', 'rfc9449:4.3:signature'), () => proofOf({}, { jwk: stranger.publicJwk })],
    [cite('no key', 'rfc9449:4.2:jwk'), () => proofOf({}, { jwk: undefined })],
    ['a key that is null', () => proofOf({}, { jwk: null })],
    ['a key that is a word', () => proofOf({}, { jwk: 'key' })],
    ['a key that is empty', () => proofOf({}, { jwk: {} })],
    ['a key by its address', () => proofOf({}, { jwk: undefined, jku: 'https://evil.example/jwks' })],
    ['a key by its id', () => proofOf({}, { jwk: undefined, kid: key.thumbprint })],
    [cite('a private key', 'rfc9449:4.2:jwk'), () => proofOf({}, { jwk: key.privateJwk })],
    ['a private RSA key', () => proofOf({}, { jwk: rsa.privateJwk }, rsa)],
    ['a key with some of a private one', () => proofOf({}, { jwk: { ...key.publicJwk, d: '' } })],
    ['a key with a shared secret in it', () => proofOf({}, { jwk: { ...key.publicJwk, k: 'AA' } })],
    ['a key on another curve', () => proofOf({}, { jwk: { ...key.publicJwk, crv: 'P-384' } })],
    ['a point that is on no curve', () => proofOf({}, { jwk: { ...key.publicJwk, x: key.publicJwk.y } })],
    ['an RSA key that is too short', () => jwtOf(shortKey, claims(), 'AA')],

    [cite('no jti', 'rfc9449:4.2:claims'), () => proofOf({ jti: undefined })],
    ['an empty jti', () => proofOf({ jti: '' })],
    ['a jti that is a number', () => proofOf({ jti: 1 })],
    [cite('no htm', 'rfc9449:4.2:claims'), () => proofOf({ htm: undefined })],
    [cite('another method', 'rfc9449:4.3:htm'), () => proofOf({ htm: 'GET' })],
    ['the method in small letters', () => proofOf({ htm: 'post' })],
    ['several methods', () => proofOf({ htm: ['POST'] })],

    [cite('no htu', 'rfc9449:4.2:claims'), () => proofOf({ htu: undefined })],
    ['several addresses', () => proofOf({ htu: [URL] })],
    ...[
      'http://id.example/connect/token',
      'https://id.example/connect/token/',
      'https://id.example/connect/TOKEN',
      'https://id.example/connect%2Ftoken',
      'https://id.example/connect/introspect',
      'https://id.example:8443/connect/token',
      'https://id.example.evil.example/connect/token',
      'https://evil.example/connect/token',
      'https://evil.example/?https://id.example/connect/token',
      'https://id.example@evil.example/connect/token',
      'https://ada@id.example/connect/token',
      'https://id.example\\connect\\token',
      ' https://id.example/connect/token',
      'https://id.example/connect/\ttoken',
      '//id.example/connect/token',
      '/connect/token',
      'https:',
    ].map((htu): [string, () => Promise<string>] => [
      cite(`the address ${JSON.stringify(htu)}`, 'rfc9449:4.3:htu'),
      () => proofOf({ htu }),
    ]),

    [cite('no iat', 'rfc9449:4.2:claims'), () => proofOf({ iat: undefined })],
    ['an iat that is a word', () => proofOf({ iat: String(SECONDS) })],
    [cite('one that is older than five minutes', 'rfc9449:4.3:iat'), () => proofOf({ iat: SECONDS - 301 })],
    [cite('one from more than a minute ahead', 'rfc9449:4.3:iat'), () => proofOf({ iat: SECONDS + 61 })],
    ['an iat in milliseconds', () => proofOf({ iat: NOW })],
    ['one that has expired by its own word', () => proofOf({ exp: SECONDS - 1 })],
    ['one that is not valid yet', () => proofOf({ nbf: SECONDS + 1 })],
    ['a nonce that is a number', () => proofOf({ nonce: 1 })],
    ['a hash that is a number', () => proofOf({ ath: 1 })],
  ];
  test.each(table)('%s', async (_, proof) => {
    expect(await judge(await proof())).toEqual({
      ok: false,
      error: 'invalid_dpop_proof',
      // The reason is for a log and does not quote the input.
      reason: expect.stringMatching(/^[A-Za-z0-9_, ]+$/),
    });
  });

  test.each<[string, Members]>([
    ['no access token', {}],
    ['another access token', { ath: '47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU' }],
    ['the token in place of its hash', { ath: 'token-1' }],
  ])(cite('if a token is presented, a proof for %s', 'rfc9449:4.3:ath'), async (_, more) => {
    expect(await judge(await proofOf(more), { accessToken: 'token-1' })).toMatchObject({
      error: 'invalid_dpop_proof',
    });
  });

  test.each<[string, Members]>([
    ['no nonce', {}],
    [cite('another nonce', 'rfc9449:4.3:nonce'), { nonce: 'o' }],
    ['an empty nonce', { nonce: '' }],
    ['the nonces in one', { nonce: 'm,n' }],
  ])('where a nonce is wanted, a proof with %s, and says so', async (_, more) => {
    expect(await judge(await proofOf(more), { nonces: ['m', 'n'] })).toMatchObject({
      ok: false,
      error: 'use_dpop_nonce',
    });
  });
});

/** The header of a proof with an RSA key of 1024 bits. */
const shortKey = {
  typ: 'dpop+jwt',
  alg: 'RS256',
  jwk: { kty: 'RSA', e: 'AQAB', n: base64url.encode(new Uint8Array(128).fill(255)) },
};

const sharedSecret = (jwk: JWK, secret: string): Promise<string> =>
  new SignJWT(claims())
    .setProtectedHeader({ typ: 'dpop+jwt', alg: 'HS256', jwk })
    .sign(new TextEncoder().encode(secret));

const parsed = (part = ''): object => JSON.parse(new TextDecoder().decode(base64url.decode(part)));

function changedHeader(proof: string, changes: Members): string {
  const [header, payload, signature] = proof.split('.');
  return jwtOf({ ...parsed(header), ...changes }, parsed(payload), signature);
}

function changedPayload(proof: string, changes: Members): string {
  const [header, payload, signature] = proof.split('.');
  return jwtOf(parsed(header), { ...parsed(payload), ...changes }, signature);
}
