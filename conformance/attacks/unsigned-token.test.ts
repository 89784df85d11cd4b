/**
 * `alg: none`: a JWT that says that it is unsigned, and is presented as valid.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8725#section-2.1 RFC 8725 §2.1, §3.2}
 *
 * Taken out: packages/resource-server/src/token/verify-jwt.ts: `await jwtVerify(jwt, keys, {` → `await ((text) => ({ payload: JSON.parse(atob(text.split('.')[1])) }))(jwt, {`
 * Then fails: access tokens, at the API
 */
/* oxlint-disable unicorn/no-useless-spread -- Rows of a table, several strings to a line. */
import { describe, expect, test } from 'vitest';
import { attackedApp } from './support/attacked.ts';
import { encoded, partsOf, withSignature } from './support/jwt.ts';
import { TAKERS, TRUSTING_SEED } from './support/takers.ts';

const app = attackedApp(TRUSTING_SEED);

const NONES: readonly unknown[] = [
  ...['none', 'None', 'NONE', 'nOnE', ' none', 'none ', 'none\u0000', '', 'null', 'undefined', 'ES256,none'],
  ...[undefined, null, 0, false, true, [], ['none'], ['ES256', 'none'], {}, { alg: 'none' }],
];

describe.each(TAKERS)('%s', (_, taker) => {
  test.each(NONES.map((alg) => [JSON.stringify(alg), alg]))('alg %s, with no signature', async (__, alg) => {
    const forged = withSignature(await taker.real(app()), { alg }, '');
    expect(await taker.status(app(), forged)).toBe(taker.refused);
  });

  test.each(NONES.map((alg) => [JSON.stringify(alg), alg]))(
    'alg %s, with the real signature',
    async (__, alg) => {
      const real = await taker.real(app());
      const [, , signature = ''] = real.split('.');
      expect(await taker.status(app(), withSignature(real, { alg }, signature))).toBe(taker.refused);
    },
  );

  const shapes: [string, (header: string, claims: string) => string][] = [
    ['two parts', (header, claims) => `${header}.${claims}`],
    ['one part', (_header, claims) => claims],
    ['four parts', (header, claims) => `${header}.${claims}..`],
    ['five parts, as if encrypted', (header, claims) => `${header}....${claims}`],
    ['no header', (_header, claims) => `.${claims}.`],
    ['an empty header', (_header, claims) => `${encoded({})}.${claims}.`],
    ['a header that is a list', (_header, claims) => `${encoded([])}.${claims}.`],
    ['a header that is null', (_header, claims) => `${encoded(null)}.${claims}.`],
    [
      'a header with two algorithms',
      (_header, claims) => `${btoa('{"alg":"ES256","alg":"none"}')}.${claims}.`,
    ],
  ];
  test.each(shapes)('%s', async (__, shape) => {
    const { header, claims } = partsOf(await taker.real(app()));
    const forged = shape(encoded({ ...header, alg: 'none' }), encoded(claims));
    expect(await taker.status(app(), forged)).toBe(taker.refused);
  });
});
