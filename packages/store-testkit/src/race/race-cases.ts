import type { Requirement, StoreCase } from '../harness/case.ts';
import type { OpenedStore } from '../harness/harness.ts';
import { type Race, RACERS } from './race.ts';
import { here, inTwoProcesses, overTwoConnections, type Venue } from './venue.ts';

/** A race as three cases: over one connection, over two, and in two processes. */
export const raceCases = (race: Race): readonly StoreCase[] => [
  ...connectionRaceCases(race),
  raceCase(race, ' in two processes', ['processes'], inTwoProcesses, 4),
];

/** A race as two cases: over one connection, and over two. */
export const connectionRaceCases = (race: Race): readonly StoreCase[] => [
  raceCase(race, '', [], here, 1),
  raceCase(race, ' over two connections', ['connections'], overTwoConnections, 4),
];

/** @param heats the number of runs: calls from two sides may not overlap, so one run proves little */
function raceCase(
  race: Race,
  where: string,
  requires: readonly Requirement[],
  open: (opened: OpenedStore) => Promise<Venue>,
  heats: number,
): StoreCase {
  return {
    id: [race.id, ...requires].join('.'),
    title: `${race.title}, of ${RACERS} calls at once${where}`,
    requires,
    run: async (opened) => {
      const venue = await open(opened);
      try {
        for (let number = 1; number <= heats; number += 1) {
          const { prepare, calls, judge } = race.heat(`heat-${number}`);
          await prepare?.(opened.stores);
          await judge(await venue.run(calls), opened.stores);
        }
      } finally {
        await venue.close();
      }
    },
  };
}
