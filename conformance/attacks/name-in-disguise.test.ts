/**
 * A name in disguise: letters apart, doubled or swapped, words of our own marker with a dash between, a vendor's name in the
 * script of its market, or the name of the server itself.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-5 RFC 7591 §5}
 * @see {@link https://www.unicode.org/reports/tr39/#Confusable_Detection UTS #39 §4}
 *
 * Taken out: packages/core/src/brand/name-letters.ts: `.replace(SPACING, ' ') ||` → `||`
 * Taken out: packages/core/src/brand/reserved-names.ts: `?? findResembled(name, ready)` → ``
 * Then fails: refuses the words of our own marker
 * Taken out: packages/core/src/brand/name-letters.ts: `text.replace(/ +/g, ' ')` → `text`
 * Taken out: packages/core/src/brand/reserved-names.ts: `?? findResembled(name, ready)` → ``
 * Then fails: refuses the words of our own marker
 * Taken out: packages/core/src/policy/rules/client-name.ts: ` ?? (vouched ? undefined : ourMarkIn(value))` → ``
 * Then fails: refuses the words of our own marker
 * Taken out: packages/core/src/brand/mark-words.ts: `'verified via',` → ``
 * Then fails: refuses the words of our own marker
 * Taken out: packages/core/src/brand/clean-name.ts: `[\p{Ps}\p{Pe}]|` → ``
 * Then fails: refuses the words of our own marker
 * Taken out: packages/core/src/policy/dynamic-client-policy.ts: `  ownName,` → ``
 * Then fails: refuses the name of the server itself
 * Taken out: packages/vendor-directory/src/index.ts: `  ...markets,` → ``
 * Then fails: refuses a vendor’s name in the script of its market
 */
import { describe, expect, test } from 'vitest';
import { register } from '@vestibule/testing/oauth';
import { attackedApp } from './support/attacked.ts';
import { CALLBACK } from './support/client.ts';

const app = attackedApp();

const REFUSED = [400, 'invalid_client_metadata'];

async function tryToRegister(client_name: string, redirectUri = CALLBACK): Promise<unknown> {
  const { status, body } = await register(app(), { redirect_uris: [redirectUri], client_name });
  return [status, body.error];
}

describe('refuses the words of our own marker', () => {
  test.each([
    'Zorp verified – by Ada',
    'Zorp, verified - by: Ada',
    'v e r i f i e d by Ada',
    'Zorp set - up - by Ada',
    'Zorp verified via Ada',
    'Zorp, approved by Ada',
    'Zorp, verifiziert von Ada',
    'Zorp vérifié par Ada',
    'Zorp 已验证',
    'Verified',
    'V e r i f i e d',
    'Verified app',
    'Approved',
    'Certifled',
  ])('%s', async (name) => {
    expect(await tryToRegister(name)).toEqual(REFUSED);
  });

  test.each(['Certified Notes', 'Verifier', 'Improved by Ada', 'Approved Drones Tracker'])(
    'refuses %s as a name',
    async (name) => {
      expect(await tryToRegister(name)).toEqual([201, undefined]);
    },
  );

  test.each(['⌈verified⌉', '⧼verified⧽', '│verified│', '⟪verified⟫', '﴾verified﴿'])(
    'removes brackets that look like ours: %s',
    async (mark) => {
      const { body } = await register(app(), { redirect_uris: [CALLBACK], client_name: `Zorp ${mark}` });
      expect(body.client_name).toBe('Zorp verified');
    },
  );
});

describe('refuses the name of the server itself', () => {
  test.each(['Notes', 'Official Notes', 'Notes login', 'N o t e s'])('%s', async (name) => {
    expect(await tryToRegister(name)).toEqual(REFUSED);
  });
});

describe('refuses a vendor’s name in the script of its market', () => {
  test.each([
    '飞书',
    '飞书客服',
    'Сбербанк',
    'СберБанк Онлайн',
    '쿠팡',
    '抖音',
    '楽天',
    'Госуслуги',
    '腾讯 客服',
  ])('%s', async (name) => {
    expect(await tryToRegister(name, 'https://evil.example/cb')).toEqual(REFUSED);
  });
});
