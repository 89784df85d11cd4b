import { base64url } from 'jose';
import { describe, expect, test } from 'vitest';
import { readAssertion } from './read.ts';

const encode = (value: unknown): string => base64url.encode(JSON.stringify(value));
const HEADER = encode({ alg: 'ES256' });
const CLAIMS = encode({ sub: 'acme' });

test('an assertion is split into header and claims', () => {
  expect(readAssertion(`${HEADER}.${CLAIMS}.c2ln`)).toEqual({
    ok: true,
    header: { alg: 'ES256' },
    claims: { sub: 'acme' },
  });
});

describe('is refused', () => {
  test.each<[string, string, RegExp]>([
    ['nothing', '', /three parts/],
    ['two parts', `${HEADER}.${CLAIMS}`, /three parts/],
    ['an encrypted one', 'a.b.c.d.e', /three parts/],
    ['padding', `${HEADER}.${CLAIMS}.c2lnbg==`, /base64url/],
    ['a space', `${HEADER}.${CLAIMS}.c2ln `, /base64url/],
    ['stray bits at the end', `${HEADER}.${CLAIMS}.c2lnZB`, /base64url/],
    ['plain base64', `${HEADER}.${CLAIMS}.+/+/`, /base64url/],
    ['a header that is a list', `${encode([])}.${CLAIMS}.c2ln`, /JSON object/],
    ['claims that are a text', `${HEADER}.${encode('x')}.c2ln`, /JSON object/],
    ['claims that are no JSON', `${HEADER}.${base64url.encode('{')}.c2ln`, /JSON object/],
    ['more than needed', `${HEADER}.${CLAIMS}.${'A'.repeat(16_384)}`, /longer than 16384/],
  ])('%s', (_, assertion, problem) => {
    expect(readAssertion(assertion)).toEqual({ ok: false, problem: expect.stringMatching(problem) });
  });
});
