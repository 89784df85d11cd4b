import { createMemoryStores } from '@vestibule/server/memory';
import type { Stores } from '@vestibule/server';
import { refreshWith } from './acts/agents.ts';
import { ACTS } from './acts/every-act.ts';
import { createRandom } from './engine/random.ts';
import type { Entry } from './history/history.ts';
import { createLedger } from './history/ledger.ts';
import { readStored } from './history/stored.ts';
import { type Violation, violationsAtTheEnd, violationsOf } from './invariants/every-invariant.ts';
import { planOf, roundsOf, type Step } from './plan.ts';
import { isGood } from './world/good-family.ts';
import { type Bug, createWorld, type World } from './world/world.ts';
import { PEOPLE } from './world/realms.ts';

/** How many steps a simulation has. */
export const LENGTH = 120;

/** A day, in seconds. */
const DAY = 86_400;

export interface SimulationOptions {
  readonly seed: number;
  /** @default the steps of the seed */
  readonly steps?: readonly Step[];
  /** @default none */
  readonly bug?: Bug;
  /** @default stores in memory */
  readonly stores?: Stores;
}

/** What happened in a simulation, and what should not have. */
export interface Simulated {
  readonly history: readonly Entry[];
  /** Empty if every invariant held after each round. */
  readonly violations: readonly Violation[];
}

/**
 * Runs a simulation: its rounds one after the other, with all invariants checked after each; then every client continues, and
 * at last everything expires. It ends at the first violation.
 */
export async function simulate(options: SimulationOptions): Promise<Simulated> {
  const { seed, steps = planOf(seed, LENGTH), bug, stores = createMemoryStores() } = options;
  const ledger = createLedger(stores);
  const world = await createWorld(seed, ledger.stores, bug);
  const { history } = world.book;

  for (const round of roundsOf(steps)) {
    await runRound(world, round);
    const violations = await check(world, stores);
    if (violations.length > 0) return { history, violations };
  }
  const random = createRandom(seed, 2);
  await world.scheduler.settle(random);
  await world.scheduler.run([() => continueFamilies(world)], random);
  const violations = await check(world, stores);
  if (violations.length > 0) return { history, violations };
  const left = await expireEverything(world, stores, ledger.left);
  return { history, violations: violationsAtTheEnd(left, world.errors) };
}

async function runRound(world: World, round: readonly Step[]): Promise<void> {
  const random = createRandom(round[0]?.order ?? 0);
  const works = round.map(({ act, numbers, fault }) => async () => {
    const { actor, run } = ACTS[act];
    await world.act(actor, fault, (telling) => run(world, numbers, telling));
  });
  await world.scheduler.run(works, random);
}

async function check(world: World, stores: Stores): Promise<readonly Violation[]> {
  const { book, realmStates, errors } = world;
  const subjects = new Set([
    ...PEOPLE.flatMap((person) => ['main', 'other'].map((realm) => `${person}-of-${realm}`)),
    ...book.tabs.flatMap(({ subject }) => (subject === undefined ? [] : [subject])),
  ]);
  const now = world.now();
  const stored = await readStored(stores, ['main', 'other'], [...subjects]);
  return violationsOf({ now, history: book.history, stored, errors, left: [], realmStates });
}

/** Every client whose access nothing has ended refreshes once more. */
async function continueFamilies(world: World): Promise<void> {
  for (const family of world.book.families) {
    if (!isGood(world, family)) continue;
    await world.act('agent', undefined, async (telling) => {
      const answer = await refreshWith(world, telling, family, 0);
      const { realm, id: clientId } = family.client;
      const status = answer?.status ?? 0;
      telling.learn({ kind: 'continued', realm, clientId, status });
      return String(status);
    });
  }
}

/** Lets everything expire, and sweeps until nothing is found. Returns what is still stored. */
async function expireEverything(
  world: World,
  stores: Stores,
  leftOf: () => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const process = world.process(0);
  for (const days of [100, 400, 400, 100]) {
    world.pass(days * DAY);
    for (const realm of ['main', 'other'] as const) await process.sweepClients(realm);
    while ((await process.sweepRows()) > 0);
  }
  const all = { limit: 1_000 };
  const left = [...(await leftOf())];
  for (const realm of ['main', 'other']) {
    const clients = (await stores.clients.list(realm, all)).items;
    left.push(...clients.filter(({ blockedAt }) => blockedAt === undefined).map(({ id }) => `client ${id}`));
    left.push(
      ...(await stores.clients.listExpired(realm, all)).items.map(({ id }) => `expired client ${id}`),
    );
    left.push(...(await stores.audit.list(realm, all)).items.map(({ type }) => `event ${type}`));
  }
  return left;
}
