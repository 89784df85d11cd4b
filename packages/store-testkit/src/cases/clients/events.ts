import { strict as assert } from 'node:assert';
import type { Client } from '@vestibule/core';
import type { AuditEvent } from '@vestibule/core/audit';
import type { Stores } from '@vestibule/server';
import { tally } from '../../check/tally.ts';
import { times } from '../../check/times.ts';
import { eventFailureCase, storeCase, type StoreCase } from '../../harness/case.ts';
import { call } from '../../race/call.ts';
import { raceCases } from '../../race/race-cases.ts';
import { RACERS } from '../../race/race.ts';
import { event } from '../../sample/event.ts';
import { NOW } from '../../sample/time.ts';
import { printed } from './registered.ts';

const eventsOf = async ({ audit }: Stores, realm = 'main'): Promise<readonly AuditEvent[]> =>
  (await audit.list(realm, { limit: 100 })).items;

/** Insertions that do not add their client, so that its events must not be recorded, and why. */
const NOT_ADDED: readonly (readonly [string, Client, Client])[] = [
  ['exists', printed('a'), printed('a', NOW + 1, { registration: { fingerprint: 'other' } })],
  ['coalesced', printed('a'), printed('b', NOW + 1)],
];

/** A client and its events: both are stored, or neither. */
export const clientEventCases: readonly StoreCase[] = [
  ...[NOW - 1, undefined].map((since) =>
    storeCase(
      `clients.insert.records-${since === undefined ? 'unasked' : 'the-first'}`,
      'the events that come with a client are recorded when it is added',
      async (stores) => {
        const events = [event(1, NOW), event(2, NOW + 1)];
        assert.deepStrictEqual(await stores.clients.insert(printed('a'), since, events), {
          outcome: 'inserted',
        });
        assert.deepStrictEqual(await eventsOf(stores), events.toReversed());
      },
    ),
  ),
  ...NOT_ADDED.map(([outcome, first, second]) =>
    storeCase(
      `clients.insert.records-nothing-where-it-${outcome}`,
      'the events that come with a client are not recorded where it is not added',
      async (stores) => {
        await stores.clients.insert(first);
        const insertion = await stores.clients.insert(second, NOW - 1, [event(1, NOW)]);
        assert.equal(insertion.outcome, outcome);
        assert.deepStrictEqual(await eventsOf(stores), []);
      },
    ),
  ),
  ...[NOW - 1, undefined].map((since) =>
    eventFailureCase(
      `clients.insert.all-or-nothing-${since === undefined ? 'unasked' : 'the-first'}`,
      'a client whose event cannot be recorded is not added',
      async (stores) => {
        await assert.rejects(stores.clients.insert(printed('a'), since, [event(1, NOW)]));
        assert.equal(await stores.clients.find('main', 'a'), undefined);
        assert.deepStrictEqual(await eventsOf(stores), []);
        assert.deepStrictEqual(await stores.clients.insert(printed('a'), since), { outcome: 'inserted' });
      },
    ),
  ),
  ...raceCases({
    id: 'clients.insert.records-once-of-20',
    title: 'the events of the added client are recorded, and no others',
    heat: (realm) => ({
      calls: times(RACERS, (number) =>
        call('clients', 'insert', printed(`client-${number}`, NOW, { realm }), NOW - 1, [
          event(number, NOW, realm),
        ]),
      ),
      judge: async (answers, stores) => {
        assert.deepStrictEqual(tally(answers), { inserted: 1, coalesced: RACERS - 1 });
        const winner = answers.findIndex((answer) => tally([answer])['inserted'] === 1);
        assert.deepStrictEqual(await eventsOf(stores, realm), [event(winner, NOW, realm)]);
      },
    }),
  }),
];
