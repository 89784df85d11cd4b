/**
 * `kid` injection: a key id that is a path, a query or a command, so that the key becomes a value that the attacker knows.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8725#section-3.10 RFC 8725 §3.10}
 *
 * Taken out: packages/resource-server/src/token/verify-jwt.ts: `createRemoteJWKSet(new URL(jwksUri), howToLook)` → `async ({ kid }) => (await import('node:fs')).readFileSync(kid)`
 * Taken out: packages/resource-server/src/token/verify-jwt.ts: `'ES256', ` → `'ES256', 'HS256', `
 * Then fails: access tokens, at the API refuses a public file as a key
 */
/* oxlint-disable unicorn/no-useless-spread -- Rows of a table, several strings to a line. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { attackedApp } from './support/attacked.ts';
import { ROOT } from './support/defences.ts';
import { newKey, withSecret } from './support/jwt.ts';
import { TAKERS, TRUSTING_SEED } from './support/takers.ts';

const app = attackedApp(TRUSTING_SEED);
const own = await newKey();

const IDS: readonly unknown[] = [
  ...[
    '',
    ' ',
    '.',
    '..',
    '/',
    '/dev/null',
    '../../../../../../dev/null',
    '..\\..\\windows\\win.ini',
    'k\u0000.pem',
  ],
  ...[
    "' UNION SELECT 'secret' --",
    "k' OR '1'='1",
    '1; DROP TABLE signing_keys',
    '%',
    '*',
    '$ne',
    '{"$ne":null}',
  ],
  ...[
    '| id',
    '`id`',
    '$(id)',
    '\r\nX: y',
    '${7*7}',
    '<%= 7 %>',
    '__proto__',
    'constructor',
    'toString',
    'length',
  ],
  ...['http://127.0.0.1:1/jwks', 'file:///etc/passwd', 'k,k', 'K', 'k'.repeat(10_000)],
  ...[0, 1, -1, true, null, [], ['k'], {}, { kid: 'k' }],
];

describe.each(TAKERS)('%s', (_, taker) => {
  const named = IDS.map((kid): [string, unknown] => [JSON.stringify(kid).slice(0, 40), kid]);
  test.each(named)('ignores a key that %s names', async (__, kid) => {
    const real = await taker.real(app());
    expect(await taker.status(app(), await own.sign(real, { kid }))).toBe(taker.refused);
    for (const secret of ['', 'secret', '\0']) {
      expect(await taker.status(app(), withSecret(real, { alg: 'HS256', kid }, secret))).toBe(taker.refused);
    }
  });

  test('refuses a public file as a key', async () => {
    const kid = join(ROOT, 'LICENSE');
    const forged = withSecret(await taker.real(app()), { alg: 'HS256', kid }, await readFile(kid));
    expect(await taker.status(app(), forged)).toBe(taker.refused);
  });

  test('refuses the id of the right key with another key', async () => {
    const { kid } = await taker.publicJwk(app());
    expect(await taker.status(app(), await own.sign(await taker.real(app()), { kid }))).toBe(taker.refused);
  });
});
