import { strict as assert } from 'node:assert';
import { storeCase, type StoreCase } from '../../harness/case.ts';
import { listCases } from '../../paging/paging-cases.ts';
import { walk } from '../../paging/walk.ts';
import { call } from '../../race/call.ts';
import { grant, grantShelf } from '../../sample/grant.ts';
import { DAY, NOW } from '../../sample/time.ts';
import { strangeKeyCase } from '../../shelf/strange-keys.ts';

const UNTIL = NOW + DAY;

export const listOfClientCases: readonly StoreCase[] = [
  ...listCases({
    noun: 'grants.listOfClient',
    make: (realm, number) => ({
      ...grant({ realm, key: `grant-${(number * 7919) % 1_009}` }),
      clientId: 'notes',
      subject: `person-${number % 3}`,
      expiresAt: UNTIL,
    }),
    add: async ({ grants }, item) => {
      await grants.insert(item);
      await grants.open({ realm: item.realm, id: item.id, at: NOW, expiresAt: UNTIL });
    },
    list: ({ grants }, realm, page) => grants.listOfClient(realm, 'notes', NOW, page),
  }),
  strangeKeyCase(
    grantShelf,
    'listOfClient',
    (clientId) => call('grants', 'listOfClient', 'main', clientId, NOW, { limit: 5 }),
    { items: [] },
  ),
  storeCase(
    'grants.listOfClient.standing',
    'the grants of a client are those of all people that neither ended nor expired, unopened ones marked',
    async ({ grants }) => {
      const make = (id: string, facts: object = {}) => ({
        ...grant({ realm: 'main', key: id }),
        clientId: 'notes',
        expiresAt: UNTIL,
        ...facts,
      });
      const open = async (one: ReturnType<typeof make>): Promise<void> => {
        await grants.insert(one);
        await grants.open({ realm: 'main', id: one.id, at: NOW, expiresAt: one.expiresAt });
      };
      for (const one of [make('a'), make('b', { subject: 'grace' }), make('ended'), make('other')]) {
        await open(one.id === 'other' ? { ...one, clientId: 'Notes' } : one);
      }
      await open(make('expired', { expiresAt: NOW }));
      await grants.insert(make('unopened'));
      await grants.end('main', 'ended', NOW);
      const pages = await walk((page) => grants.listOfClient('main', 'notes', NOW, page), 2);
      const found = pages.flat().toSorted((one, other) => (one.id < other.id ? -1 : 1));
      assert.deepStrictEqual(found, [
        make('a'),
        make('b', { subject: 'grace' }),
        make('unopened', { isUnopened: true }),
      ]);
    },
  ),
];
