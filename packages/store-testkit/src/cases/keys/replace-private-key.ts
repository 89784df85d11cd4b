import { strict as assert } from 'node:assert';
import type { PrivateKey } from '@vestibule/server';
import { scramble } from '../../check/scramble.ts';
import { connectionCase, storeCase, type StoreCase } from '../../harness/case.ts';
import { call } from '../../race/call.ts';
import { ENCRYPTED, keyShelf, signingKey } from '../../sample/key.ts';
import { strangeKeyCase } from '../../shelf/strange-keys.ts';

const key = (kid: string, realm = 'main') => signingKey({ realm, key: kid });
const PLAIN: PrivateKey = { kind: 'plain', jwk: { kty: 'EC', d: 'another' } };

export const replacePrivateKeyCases: readonly StoreCase[] = [
  strangeKeyCase(
    keyShelf,
    'replacePrivateKey',
    (kid) => call('keys', 'replacePrivateKey', 'main', kid, ENCRYPTED),
    'missing',
  ),
  storeCase(
    'keys.replacePrivateKey.replaces',
    'the private key is replaced, of any key, and nothing else, nor their order',
    async ({ keys }) => {
      for (const [kid, after] of [['b'], ['c', 'b'], ['a', 'c']] as const) await keys.insert(key(kid), after);
      for (const privateKey of [ENCRYPTED, PLAIN, ENCRYPTED]) {
        assert.equal(await keys.replacePrivateKey('main', 'c', privateKey), 'replaced');
        assert.deepStrictEqual(await keys.list('main'), [key('a'), { ...key('c'), privateKey }, key('b')]);
      }
      assert.equal(await keys.replacePrivateKey('main', 'a', PLAIN), 'replaced');
      assert.deepStrictEqual((await keys.list('main'))[0], { ...key('a'), privateKey: PLAIN });
    },
  ),
  storeCase(
    'keys.replacePrivateKey.realms-apart',
    'an unknown key is missing, and keys of other realms stay unchanged',
    async ({ keys }) => {
      for (const realm of ['main', 'other']) await keys.insert(key('a', realm), undefined);
      assert.equal(await keys.replacePrivateKey('main', 'b', ENCRYPTED), 'missing');
      assert.equal(await keys.replacePrivateKey('main', 'A', ENCRYPTED), 'missing');
      assert.equal(await keys.replacePrivateKey('third', 'a', ENCRYPTED), 'missing');
      assert.equal(await keys.replacePrivateKey('other', 'a', ENCRYPTED), 'replaced');
      assert.deepStrictEqual(await keys.list('main'), [key('a')]);
      assert.deepStrictEqual(await keys.list('other'), [{ ...key('a', 'other'), privateKey: ENCRYPTED }]);
      assert.deepStrictEqual(await keys.list('third'), []);
    },
  ),
  storeCase(
    'keys.replacePrivateKey.copies',
    'changing an argument does not change the stored key',
    async ({ keys }) => {
      await keys.insert(key('a'), undefined);
      const passed = structuredClone(PLAIN);
      await keys.replacePrivateKey('main', 'a', passed);
      scramble(passed);
      assert.deepStrictEqual(await keys.list('main'), [{ ...key('a'), privateKey: PLAIN }]);
    },
  ),
  connectionCase(
    'keys.replacePrivateKey',
    'a replaced private key is visible over every connection',
    async (here, there) => {
      await here.keys.insert(key('a'), undefined);
      assert.deepStrictEqual(await there.keys.list('main'), [key('a')]);
      await here.keys.replacePrivateKey('main', 'a', ENCRYPTED);
      assert.deepStrictEqual(await there.keys.list('main'), [{ ...key('a'), privateKey: ENCRYPTED }]);
    },
  ),
];
