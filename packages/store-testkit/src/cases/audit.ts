import { strict as assert } from 'node:assert';
import { scramble } from '../check/scramble.ts';
import { tally } from '../check/tally.ts';
import { times } from '../check/times.ts';
import { storeCase, type StoreCase } from '../harness/case.ts';
import { listCases } from '../paging/paging-cases.ts';
import { call } from '../race/call.ts';
import { raceCases } from '../race/race-cases.ts';
import { RACERS } from '../race/race.ts';
import { acceptedEvent, event, eventSamples } from '../sample/event.ts';
import { DAY, NOW } from '../sample/time.ts';

/** Times in no order, many of them repeated. */
const moment = (number: number): number => NOW + ((number * 7) % 5);

const keptCases = Object.entries(eventSamples).map(([name, sample]) =>
  storeCase(
    `audit.kept.${name}`,
    `what was recorded comes back as it was: ${name.replaceAll('-', ' ')}`,
    async ({ audit }) => {
      await audit.record(sample);
      assert.deepStrictEqual(await audit.list('main', { limit: 5 }), { items: [sample] });
    },
  ),
);

export const auditCases: readonly StoreCase[] = [
  ...keptCases,
  storeCase(
    'audit.copies.in',
    'changing what was recorded does not change the stored event',
    async ({ audit }) => {
      const passed = structuredClone(acceptedEvent);
      await audit.record(passed);
      scramble(passed);
      assert.deepStrictEqual(await audit.list('main', { limit: 5 }), { items: [acceptedEvent] });
    },
  ),
  ...listCases({
    noun: 'audit',
    make: (realm, number) => event(number, moment(number), realm),
    add: ({ audit }, item) => audit.record(item),
    list: ({ audit }, realm, page) => audit.list(realm, page),
  }),
  storeCase(
    'audit.list.newest-first',
    'events come newest first, in whatever order they were recorded',
    async ({ audit }) => {
      const recorded = times(20, (number) => event(number, moment(number)));
      for (const one of recorded) await audit.record(one);
      const { items } = await audit.list('main', { limit: 100 });
      assert.deepStrictEqual(
        items.map(({ at }) => at),
        recorded.map(({ at }) => at).toSorted((a, b) => b - a),
      );
    },
  ),
  storeCase(
    'audit.list.stays-true-while-swept',
    'sweeping old events hides none of the others',
    async (stores) => {
      const DAYS = [90, 0, 91, 1, 100, 2, 89, 3, 95, 4];
      for (const [number, days] of DAYS.entries()) await stores.audit.record(event(number, NOW - days * DAY));
      const first = await stores.audit.list('main', { limit: 2 });
      assert.equal(await stores.sweep(NOW, 100), 4);
      const second = await stores.audit.list('main', {
        limit: 100,
        ...(first.next !== undefined && { after: first.next }),
      });
      assert.deepStrictEqual(
        [...first.items, ...second.items].map(({ at }) => (NOW - at) / DAY),
        [0, 1, 2, 3, 4, 89],
      );
    },
  ),
  storeCase(
    'audit.sweep.90-days',
    'events are kept for 90 days, to the exact instant, unless told otherwise',
    async (stores) => {
      for (const number of [-1, 0, 1]) await stores.audit.record(event(number, NOW + number));
      assert.equal(await stores.sweep(NOW + 90 * DAY, 100), 2);
      assert.deepStrictEqual(await stores.audit.list('main', { limit: 5 }), { items: [event(1, NOW + 1)] });
    },
  ),
  storeCase(
    'audit.sweep.limit',
    'a sweep deletes at most as many events as allowed, and returns how many',
    async (stores) => {
      for (const number of times(5, Number)) {
        await stores.audit.record(event(number, NOW, `realm-${number % 2}`));
      }
      const swept = [];
      for (let i = 0; i < 4; i += 1) swept.push(await stores.sweep(NOW + 91 * DAY, 2));
      assert.deepStrictEqual(swept, [2, 2, 1, 0]);
    },
  ),
  ...raceCases({
    id: 'audit.record.all-of-20',
    title: 'every event is kept, once',
    heat: (realm) => ({
      calls: times(RACERS, (number) => call('audit', 'record', event(number, NOW, realm))),
      judge: async (answers, { audit }) => {
        assert.deepStrictEqual(tally(answers), { undefined: RACERS });
        const { items } = await audit.list(realm, { limit: 100 });
        const rules = items.map((item) => ('rule' in item ? item.rule : '')).toSorted();
        assert.deepStrictEqual(rules, times(RACERS, (number) => `rule-${number}`).toSorted());
      },
    }),
  }),
];
