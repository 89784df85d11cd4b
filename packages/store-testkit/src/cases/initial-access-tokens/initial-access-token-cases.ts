import { strict as assert } from 'node:assert';
import { storeCase, type StoreCase } from '../../harness/case.ts';
import { listCases } from '../../paging/paging-cases.ts';
import { call } from '../../race/call.ts';
import { initialAccessToken, initialAccessTokenShelf } from '../../sample/initial-access-token.ts';
import { NOW } from '../../sample/time.ts';
import { apartCases } from '../../shelf/apart.ts';
import { copiedInCases, copiedOutCases } from '../../shelf/copies.ts';
import { exactKeyCases } from '../../shelf/exact-keys.ts';
import { clocklessCases, sweepCases } from '../../shelf/expiry.ts';
import { keptCases } from '../../shelf/kept.ts';
import { onceCases } from '../../shelf/once.ts';
import { strangeKeyCase } from '../../shelf/strange-keys.ts';
import { releaseCases } from './release-tokens.ts';
import { initialAccessTokenInsertCases } from './insert-tokens.ts';
import { revokeCases } from './revoke.ts';
import { useCases } from './use.ts';

/** Letters in no order, so that consecutive numbers result in ids all over the list. */
const LETTERS = 'mzafqbxkdtcwgpjrhulnyeiosv';

export const initialAccessTokenCases: readonly StoreCase[] = [
  ...keptCases(initialAccessTokenShelf),
  ...onceCases(initialAccessTokenShelf),
  ...apartCases(initialAccessTokenShelf),
  ...copiedInCases(initialAccessTokenShelf),
  ...copiedOutCases(initialAccessTokenShelf),
  ...exactKeyCases(initialAccessTokenShelf),
  strangeKeyCase(initialAccessTokenShelf, 'findByHash', (key) =>
    call('initialAccessTokens', 'findByHash', 'main', key),
  ),
  strangeKeyCase(
    initialAccessTokenShelf,
    'use',
    (key) => call('initialAccessTokens', 'use', 'main', key, NOW),
    'refused',
  ),
  strangeKeyCase(initialAccessTokenShelf, 'release', (key) =>
    call('initialAccessTokens', 'release', 'main', key),
  ),
  ...clocklessCases(initialAccessTokenShelf),
  ...sweepCases(initialAccessTokenShelf),
  ...listCases({
    noun: 'initialAccessTokens',
    make: (realm, number) => initialAccessToken({ realm, key: `${LETTERS[number % 26]}-${number}` }),
    add: (stores, item) => stores.initialAccessTokens.insert(item),
    list: (stores, realm, page) => stores.initialAccessTokens.list(realm, page),
  }),
  storeCase(
    'initialAccessTokens.list.by-id',
    'tokens are listed by id, whatever their hashes',
    async ({ initialAccessTokens }) => {
      const ids = ['b', 'a1', 'a-b', '10', 'a', '9', 'ab', 'a-', 'B'];
      for (const [i, id] of ids.entries()) {
        await initialAccessTokens.insert({ ...initialAccessToken({ realm: 'main', key: `${9 - i}` }), id });
      }
      const { items } = await initialAccessTokens.list('main', { limit: 100 });
      assert.deepStrictEqual(
        items.map(({ id }) => id),
        ['10', '9', 'B', 'a', 'a-', 'a-b', 'a1', 'ab', 'b'],
      );
    },
  ),
  ...initialAccessTokenInsertCases,
  ...useCases,
  ...releaseCases,
  ...revokeCases,
];
