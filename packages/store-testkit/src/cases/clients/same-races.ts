import { strict as assert } from 'node:assert';
import type { DynamicClient } from '@vestibule/core';
import { nameOf } from '../../check/name-of.ts';
import { tally } from '../../check/tally.ts';
import { times } from '../../check/times.ts';
import { call } from '../../race/call.ts';
import { type Heat, RACERS, type Race } from '../../race/race.ts';
import { NOW } from '../../sample/time.ts';
import { idsOf, printed } from './registered.ts';

/** Concurrent clients with different times, and with one fingerprint by default. */
const comers = (
  realm: string,
  printOf: (number: number) => string = () => 'print',
): readonly DynamicClient[] =>
  times(RACERS, (number) =>
    printed(`client-${number}`, NOW + (number % 3), {
      realm,
      registration: { fingerprint: printOf(number) },
    }),
  );

/** Concurrent clients, of which one of each fingerprint is to be added to the existing ones. */
const heatOf = (
  realm: string,
  candidates: readonly DynamicClient[],
  before: readonly DynamicClient[] = [],
): Heat => ({
  prepare: async ({ clients }) => {
    for (const one of before) await clients.insert(one);
  },
  calls: candidates.map((one) => call('clients', 'insert', one, NOW - 1)),
  judge: async (answers, { clients }) => {
    const winners = candidates.filter((_, i) => nameOf(answers[i]) === 'inserted');
    const prints = new Set(candidates.map(({ registration }) => registration.fingerprint));
    assert.deepStrictEqual(tally(answers), {
      inserted: prints.size,
      coalesced: candidates.length - prints.size,
    });
    for (const [i, { registration }] of candidates.entries()) {
      if (nameOf(answers[i]) === 'inserted') continue;
      const client = winners.find((winner) => winner.registration.fingerprint === registration.fingerprint);
      assert.deepStrictEqual(answers[i], { outcome: 'coalesced', client });
    }
    assert.deepStrictEqual(
      await idsOf(clients, realm),
      [...before, ...winners].map(({ id }) => id).toSorted(),
    );
  },
});

export const sameRaces: readonly Race[] = [
  {
    id: 'clients.insert.same-once-of-20',
    title: 'exactly one of a fingerprint is added, and the others return that one',
    heat: (realm) => heatOf(realm, comers(realm)),
  },
  {
    id: 'clients.insert.same-anew-of-20',
    title: 'exactly one is added if earlier ones are too old or blocked',
    heat: (realm) =>
      heatOf(realm, comers(realm), [
        printed('old', NOW - 1, { realm }),
        printed('blocked', NOW + 9, { realm, blockedAt: NOW + 9 }),
      ]),
  },
  {
    id: 'clients.insert.same-of-each-fingerprint',
    title: 'one of each fingerprint is added',
    heat: (realm) =>
      heatOf(
        realm,
        comers(realm, (number) => (number % 4 < 2 ? 'a' : 'b')),
      ),
  },
];
