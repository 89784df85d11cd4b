import type { StoreCase } from '../harness/case.ts';
import { listCases } from '../paging/cases.ts';
import { call } from '../race/call.ts';
import { clientShelf } from '../sample/client.ts';
import { apartCases } from '../shelf/apart.ts';
import { copiedInCases, copiedOutCases } from '../shelf/copies.ts';
import { exactKeyCases } from '../shelf/exact-keys.ts';
import { keptCases } from '../shelf/kept.ts';
import { onceCases } from '../shelf/once.ts';
import { strangeKeyCase } from '../shelf/strange-keys.ts';

/** Letters in no order, so that numbers one after the other are ids all over the list. */
const LETTERS = 'mzafqbxkdtcwgpjrhulnyeiosv';

export const clientCases: readonly StoreCase[] = [
  ...keptCases(clientShelf),
  ...onceCases(clientShelf),
  ...apartCases(clientShelf),
  ...copiedInCases(clientShelf),
  ...copiedOutCases(clientShelf),
  ...exactKeyCases(clientShelf),
  strangeKeyCase(clientShelf, 'find', (key) => call('clients', 'find', 'main', key)),
  ...listCases({
    noun: 'clients',
    make: (realm, number) =>
      clientShelf.make({ realm, key: `${LETTERS[number % 26]}-${number}` }, `${number}`),
    add: (stores, client) => stores.clients.insert(client),
    list: (stores, realm, page) => stores.clients.list(realm, page),
  }),
];
