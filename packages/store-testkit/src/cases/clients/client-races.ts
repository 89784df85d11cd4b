import { strict as assert } from 'node:assert';
import { tally } from '../../check/tally.ts';
import { times } from '../../check/times.ts';
import type { StoreCase } from '../../harness/case.ts';
import { call } from '../../race/call.ts';
import { raceCases } from '../../race/race-cases.ts';
import { mixed } from '../../race/mixed.ts';
import { RACERS, type Race } from '../../race/race.ts';
import { client } from '../../sample/client.ts';
import { NOW } from '../../sample/time.ts';
import { expiredRaces } from './expired.ts';
import { sameRaces } from './same-races.ts';

const RACES: readonly Race[] = [
  ...sameRaces,
  ...expiredRaces,
  {
    id: 'clients.replace.once-of-20',
    title: 'exactly one change is made from one version',
    heat: (realm) => {
      const changes = times(RACERS, (number) => client({ realm, key: 'one' }, `change ${number}`));
      return {
        prepare: ({ clients }) => clients.insert(client({ realm, key: 'one' })),
        calls: changes.map((change) => call('clients', 'replace', change, 1)),
        judge: async (answers, { clients }) => {
          assert.deepStrictEqual(tally(answers), { replaced: 1, stale: RACERS - 1 });
          const winner = changes[answers.indexOf('replaced')];
          assert.deepStrictEqual(await clients.find(realm, 'one'), { ...winner, version: 2 });
        },
      };
    },
  },
  {
    id: 'clients.touch.all-of-20',
    title: 'every use increments the version',
    heat: (realm) => ({
      prepare: ({ clients }) => clients.insert(client({ realm, key: 'one' })),
      calls: times(RACERS, (number) => call('clients', 'touch', realm, 'one', NOW + number)),
      judge: async (answers, { clients }) => {
        assert.deepStrictEqual(tally(answers), { touched: RACERS });
        const { lastUsedAt = 0, ...rest } = (await clients.find(realm, 'one')) ?? {};
        assert.deepStrictEqual(rest, { ...client({ realm, key: 'one' }), version: RACERS + 1 });
        assert.ok(lastUsedAt >= NOW && lastUsedAt < NOW + RACERS, `last used at ${lastUsedAt}`);
      },
    }),
  },
  {
    id: 'clients.touch.against-replace',
    title: 'concurrent uses and changes do not overwrite each other',
    heat: (realm) => {
      const asleep = { ...client({ realm, key: 'one' }), registration: { hibernatedAt: NOW } };
      return {
        prepare: ({ clients }) => clients.insert(asleep),
        // Uses come first, to detect stores that read before a change and write after it.
        calls: times(RACERS, (number) =>
          number < RACERS / 2
            ? call('clients', 'touch', realm, 'one', NOW + 1 + number)
            : call('clients', 'replace', { ...asleep, name: 'changed' }, 1),
        ),
        judge: async (answers, { clients }) => {
          const { touched = 0, replaced = 0, stale = 0 } = tally(answers);
          assert.deepStrictEqual({ touched, changed: replaced + stale }, { touched: 10, changed: 10 });
          assert.ok(replaced <= 1, `${replaced} of them replaced version 1`);
          const kept = await clients.find(realm, 'one');
          assert.equal(kept?.version, 1 + touched + replaced);
          assert.equal(kept.name, replaced === 1 ? 'changed' : asleep.name);
          assert.deepStrictEqual(kept.kind === 'dynamic' && kept.registration, {});
        },
      };
    },
  },
  {
    id: 'clients.remove.once-of-20',
    title: 'exactly one removes the client',
    heat: (realm) => ({
      prepare: ({ clients }) => clients.insert(client({ realm, key: 'one' })),
      calls: mixed(
        () => call('clients', 'remove', realm, 'one'),
        () => call('clients', 'remove', realm, 'one', 1),
      ),
      judge: async (answers, { clients }) => {
        assert.deepStrictEqual(tally(answers), { removed: 1, missing: RACERS - 1 });
        assert.equal(await clients.find(realm, 'one'), undefined);
      },
    }),
  },
  {
    id: 'clients.remove.against-touch',
    title: 'a removed client stays removed, whatever uses it concurrently',
    heat: (realm) => ({
      prepare: ({ clients }) => clients.insert(client({ realm, key: 'one' })),
      calls: mixed(
        (number) => call('clients', 'touch', realm, 'one', NOW + number),
        () => call('clients', 'remove', realm, 'one'),
      ),
      judge: async (answers, { clients }) => {
        const { removed } = tally(answers);
        assert.deepStrictEqual({ removed }, { removed: 1 });
        assert.equal(await clients.find(realm, 'one'), undefined);
        assert.deepStrictEqual(await clients.list(realm, { limit: 5 }), { items: [] });
      },
    }),
  },
  {
    id: 'clients.remove.against-replace',
    title: 'of removals and changes of one version exactly one is made',
    heat: (realm) => ({
      prepare: ({ clients }) => clients.insert(client({ realm, key: 'one' })),
      calls: mixed(
        () => call('clients', 'replace', client({ realm, key: 'one' }, 'changed'), 1),
        () => call('clients', 'remove', realm, 'one', 1),
      ),
      judge: async (answers, { clients }) => {
        const { removed = 0 } = tally(answers);
        assert.deepStrictEqual(
          tally(answers),
          removed === 1 ? { removed: 1, missing: RACERS - 1 } : { replaced: 1, stale: RACERS - 1 },
        );
        const expected = { ...client({ realm, key: 'one' }, 'changed'), version: 2 };
        assert.deepStrictEqual(await clients.find(realm, 'one'), removed === 1 ? undefined : expected);
      },
    }),
  },
];

export const clientRaceCases: readonly StoreCase[] = RACES.flatMap(raceCases);
