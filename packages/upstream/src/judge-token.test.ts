import { describe, expect, test } from 'vitest';
import { atProvider, judgeToken, type RequestedTokens, type TokenResponse } from './judge-token.ts';

const NOW = 1_800_000_000_000;

/** A JWT that is not signed. */
const jwt = (claims: object): string =>
  ['{"alg":"RS256"}', JSON.stringify(claims), 'signature']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');

const requested = (more: Partial<RequestedTokens> = {}): RequestedTokens => ({
  api: {
    scopes: { read: 'api/read', write: ['api/write', 'api/create'] },
    audience: 'https://api.example',
    requestedBy: 'resource',
  },
  scopes: ['read', 'write'],
  others: ['openid', 'offline_access'],
  userinfo: 'https://login.example/userinfo',
  now: NOW,
  ...more,
});

const response = (claims: object = {}, more: Partial<TokenResponse> = {}): TokenResponse => ({
  access_token: jwt({ aud: 'https://api.example', ...claims }),
  token_type: 'bearer',
  ...more,
});

describe('the scopes of a token of the provider', () => {
  test('are the requested ones if the response has none', () => {
    expect(judgeToken(response(), requested())).toMatchObject({
      ok: true,
      tokens: { scopes: ['read', 'write'] },
    });
  });

  test('are those of which the provider gave every part', () => {
    const judged = judgeToken(response({}, { scope: 'openid api/read api/write' }), requested());
    expect(judged).toMatchObject({ ok: true, tokens: { scopes: ['read'] } });
  });

  test('may have scopes of OpenID, which say nothing about the API', () => {
    expect(judgeToken(response({}, { scope: 'api/read profile email' }), requested()).ok).toBe(true);
  });

  test.each([['api/read api/admin'], ['api/read  everything'], ['read']])('are refused as %s', (scope) => {
    expect(judgeToken(response({}, { scope }), requested()).ok).toBe(false);
  });

  test('do not come from names that every object has', () => {
    expect(atProvider(requested().api, ['constructor', 'toString', 'read'])).toEqual(['api/read']);
  });
});

describe('an access token of the provider', () => {
  const opaque = (token: string): boolean =>
    judgeToken(
      response({}, { access_token: token }),
      requested({ api: { ...requested().api, opaqueTokens: true } }),
    ).ok;

  test.each(['a\u0000b', 'a\r\nb', 'a b', 'ü'])('is refused as %j, which no request can send', (token) => {
    expect(opaque(token)).toBe(false);
  });

  test('is accepted with every visible character of ASCII', () => {
    expect(opaque('!"#$~azAZ09-._~+/=')).toBe(true);
  });
});

describe('the audience of a token of the provider', () => {
  test.each([
    ['the API', 'https://api.example', true],
    ['the API and userinfo', ['https://api.example', 'https://login.example/userinfo'], true],
    ['the API and another', ['https://api.example', 'https://b.example'], false],
    ['the API with a slash', 'https://api.example/', false],
    ['another', 'https://b.example', false],
    ['a number', [1], false],
    ['nothing', undefined, false],
  ])('is %s', (_, aud, isAccepted) => {
    expect(judgeToken(response({ aud }), requested()).ok).toBe(isAccepted);
  });

  test('may have others that the options name', () => {
    const api = { ...requested().api, otherAudiences: ['account'] };
    expect(judgeToken(response({ aud: ['account', api.audience] }), requested({ api })).ok).toBe(true);
  });

  test('cannot be checked in an opaque token, which only an option accepts', () => {
    const opaque = { ...response(), access_token: 'opaque' };
    expect(judgeToken(opaque, requested()).ok).toBe(false);
    const api = { ...requested().api, opaqueTokens: true };
    expect(judgeToken(opaque, requested({ api }))).toMatchObject({ ok: true });
    // A JWT is checked nevertheless.
    expect(judgeToken(response({ aud: 'https://b.example' }), requested({ api })).ok).toBe(false);
  });
});

describe('what else a token of the provider says', () => {
  test.each([
    ['the response', {}, 60, 60],
    ['the token', { exp: NOW / 1_000 + 90 }, undefined, 90],
    ['the earlier of both', { exp: NOW / 1_000 + 30 }, 60, 30],
  ])('it expires as %s says', (_, claims, expiresIn, seconds) => {
    const judged = judgeToken(response(claims, { expires_in: expiresIn }), requested());
    expect(judged).toMatchObject({ ok: true, tokens: { expiresAt: NOW + seconds * 1_000 } });
  });

  test('it has no expiry if neither says one', () => {
    const judged = judgeToken(response(), requested());
    expect(judged.ok && judged.tokens).not.toHaveProperty('expiresAt');
  });

  test.each([
    ['the response', {}, 1e306],
    ['the token', { exp: 1e300 }, undefined],
  ])('it has no expiry if %s says a number that is no time', (_, claims, expiresIn) => {
    const judged = judgeToken(response(claims, { expires_in: expiresIn }), requested());
    expect(judged.ok && judged.tokens).not.toHaveProperty('expiresAt');
  });

  test.each([
    ['an id', 'abc-1', true],
    ['an id that cannot stand in an event', 'a\nb', false],
    ['an endless id', 'a'.repeat(200), false],
  ])('it has %s', (_, jti, isKept) => {
    const judged = judgeToken(response({ jti }), requested());
    expect(judged.ok && judged.tokens.id).toBe(isKept ? jti : undefined);
  });

  test('it is refused unless it is a bearer token', () => {
    expect(judgeToken(response({}, { token_type: 'DPoP' }), requested()).ok).toBe(false);
  });
});
