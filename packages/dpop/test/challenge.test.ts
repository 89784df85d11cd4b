import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { challengeHeader, presentedToken, type AcceptedTokens } from '../src/index.ts';

const ALGS = 'algs="ES256 ES384 Ed25519 EdDSA PS256 RS256"';

test.each<[AcceptedTokens, 'Bearer' | 'DPoP' | undefined, string]>([
  ['off', undefined, 'Bearer error="e"'],
  ['off', 'DPoP', 'Bearer error="e"'],
  ['offered', undefined, `Bearer error="e", DPoP ${ALGS}`],
  ['offered', 'Bearer', `Bearer error="e", DPoP ${ALGS}`],
  ['offered', 'DPoP', `DPoP error="e", ${ALGS}`],
  ['required', undefined, `DPoP error="e", ${ALGS}`],
  ['required', 'Bearer', `DPoP error="e", ${ALGS}`],
])(
  cite('where bound tokens are %s, to %s it says %s', 'rfc9449:7.1:challenge'),
  (accepted, presented, expected) => {
    const parameters = { error: 'e' };
    expect(challengeHeader({ accepted, parameters, ...(presented && { presented }) })).toBe(expected);
  },
);

test.each<[string | null, object | undefined]>([
  ['Bearer abc', { scheme: 'Bearer', token: 'abc' }],
  ['bearer  a-._~+/Z9== ', { scheme: 'Bearer', token: 'a-._~+/Z9==' }],
  ['DPoP abc', { scheme: 'DPoP', token: 'abc' }],
  ['dpop abc', { scheme: 'DPoP', token: 'abc' }],
  ['DPOP abc', { scheme: 'DPoP', token: 'abc' }],
  ['DPoP', { scheme: 'DPoP', token: '' }],
  ['Bearer ', { scheme: 'Bearer', token: '' }],
  ['DPoP a b', { scheme: 'DPoP', token: '' }],
  ['Bearer a, DPoP b', { scheme: 'Bearer', token: '' }],
  ['Bearer a=b', { scheme: 'Bearer', token: '' }],
  ['Bearer ä', { scheme: 'Bearer', token: '' }],
  ['Bearerabc', undefined],
  ['Basic abc', undefined],
  ['X DPoP abc', undefined],
  ['', undefined],
  [null, undefined],
])('the header %j presents the token %j', (header, expected) => {
  expect(presentedToken(header)).toEqual(expected);
});
