import { describe, expect, test } from 'vitest';
import { readHeader } from './header.ts';

const TYPE = 'client-authentication+jwt';

test.each<[string, Record<string, unknown>, object]>([
  ['an algorithm alone', { alg: 'ES256' }, { alg: 'ES256' }],
  ['a kid', { alg: 'EdDSA', kid: 'k' }, { alg: 'EdDSA', kid: 'k' }],
  ['the type JWT', { alg: 'RS256', typ: 'JWT' }, { alg: 'RS256' }],
  ['its own type', { alg: 'PS256', typ: TYPE }, { alg: 'PS256' }],
  ['its own type in full, in another case', { alg: 'ES256', typ: `Application/${TYPE}` }, { alg: 'ES256' }],
  ['keys that are ignored', { alg: 'ES256', jwk: {}, jku: 'x', x5c: [], x5u: 'x' }, { alg: 'ES256' }],
  ['an encoded payload said aloud', { alg: 'ES256', b64: true }, { alg: 'ES256' }],
])('%s is a header', (_, header, expected) => {
  expect(readHeader(header, TYPE)).toEqual({ ok: true, header: expected });
});

describe('is refused', () => {
  test.each<[string, Record<string, unknown>, RegExp]>([
    ['no algorithm', {}, /algorithm/],
    ['none', { alg: 'none' }, /algorithm/],
    ['none in another case', { alg: 'None' }, /algorithm/],
    ['a symmetric algorithm', { alg: 'HS256' }, /algorithm/],
    ['an algorithm that is no text', { alg: ['ES256'] }, /algorithm/],
    ['the type of an access token', { alg: 'ES256', typ: 'at+jwt' }, /typ/],
    ['the type of a proof', { alg: 'ES256', typ: 'dpop+jwt' }, /typ/],
    ['a type that is no text', { alg: 'ES256', typ: 1 }, /typ/],
    ['extensions', { alg: 'ES256', crit: ['x'] }, /crit/],
    ['a payload that is not encoded', { alg: 'ES256', b64: false }, /b64/],
    ['a kid that is no text', { alg: 'ES256', kid: 7 }, /kid/],
  ])('%s', (_, header, problem) => {
    expect(readHeader(header, TYPE)).toEqual({ ok: false, problem: expect.stringMatching(problem) });
  });
});
