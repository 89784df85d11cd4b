import { REALM_IDS } from '../world/realms.ts';
import { type Act, NOTHING } from './act.ts';

/** How long a simulation lasts at most, in seconds: shorter than dormant clients and audit events are kept. */
const LONGEST = 55 * 86_400;

/** How long a request can take, in seconds. */
const SHORT = [5, 30] as const;
/** From a minute to weeks. Short times are more frequent. */
const LONG = [70, 70, 700, 700, 4_000, 4_000, 30_000, 90_000, 700_000, 1_500_000] as const;

const wait = (weight: number, times: readonly number[]): Act => ({
  actor: 'time',
  weight,
  run: async (world, [long], telling) => {
    const seconds = times[long % times.length] ?? 1;
    if (world.now() - world.began + seconds * 1_000 > LONGEST * 1_000) return NOTHING;
    telling.says(`passes by ${seconds} seconds`);
    world.pass(seconds);
    return 'done';
  },
});

export const TIME = {
  wait: wait(4, SHORT),
  waitLong: { ...wait(7, LONG), isAlone: true },
  sweepRows: {
    actor: 'time',
    weight: 3,
    run: async (world, [which], telling) => {
      telling.says('lets a node delete expired rows');
      return `${await world.process(which % 2).sweepRows()} rows`;
    },
  },
  sweepClients: {
    actor: 'time',
    weight: 3,
    run: async (world, [which, where], telling) => {
      const realm = REALM_IDS[where % REALM_IDS.length] ?? 'main';
      telling.says(`lets a node sweep the clients of ${realm}`);
      return world.process(which % 2).sweepClients(realm);
    },
  },
  killNode: {
    actor: 'time',
    weight: 2,
    run: async (world, [which], telling) => {
      telling.says(`kills node ${which % 2}`);
      world.kill(which % 2);
      return 'killed';
    },
  },
} as const satisfies Record<string, Act>;
