import { expect, test } from 'vitest';
import { slice } from '../../test/slices.ts';
import { costsFrom } from './costs.ts';
import { DEFAULT_CAPACITY, DEFAULT_DEMAND } from './demand.ts';
import { MEASURED_SIZES, planCapacity, type PlanInput } from './plan.ts';
import { renderPlan } from './render-plan.ts';

const COST = { node: 1_000, database: 500 };
const INPUT: PlanInput = {
  demand: {
    ...DEFAULT_DEMAND,
    refreshesPerDay: 86_400_000,
    registrationsPerHour: 3_600_000,
    approvalsPerPersonPerDay: 0,
    signInsPerPersonPerDay: 0,
    peak: 2,
  },
  capacity: { load: 0.5, databaseCores: 2, replicas: 1 },
  costs: { register: COST, approve: COST, refresh: COST, introspect: COST, metadata: COST },
  sizes: { client: 2 ** 10, grant: 2 ** 10, auditEvent: 2 ** 10 },
  signInUs: 50_000,
};

test('cores are requests of the busiest hour times their CPU time, and the load leaves room', () => {
  // Two thousand refreshes and a thousand registrations a second, of a millisecond each.
  const plan = planCapacity(INPUT);
  const [refresh] = plan.operations;
  expect(refresh).toMatchObject({ name: 'refresh', perSecond: 2_000, nodeCores: 2, databaseCores: 1 });
  expect(plan).toMatchObject({ nodes: 6, partitions: 2, databases: 4, commitsPerSecond: 3_000 });
});

test('a spray takes room only until its unused clients expire', () => {
  const spray = (unusedHours: number): number =>
    planCapacity({ ...INPUT, demand: { ...INPUT.demand, unusedHours } }).storedGiB.sprayed;
  expect(spray(2)).toBeCloseTo((2 * 3_600_000) / 2 ** 20);
  expect(spray(0)).toBe(0);
});

test('even a small demand has two nodes and a database', () => {
  const demand = { ...DEFAULT_DEMAND, people: 1, refreshesPerDay: 0, registrationsPerHour: 0 };
  const plan = planCapacity({ ...INPUT, demand, capacity: DEFAULT_CAPACITY, sizes: MEASURED_SIZES });
  expect(plan).toMatchObject({ nodes: 2, partitions: 1 });
});

test('an access token of three times the lifetime needs a third of the refreshes', () => {
  const text = renderPlan(INPUT);
  expect(text).toMatch(/\| 5 minutes +\| +259,200,000 \|/);
  expect(text).toMatch(/\| 15 minutes +\| +86,400,000 \|/);
});

const measured = (operation: string, serverCpuUs: number, databaseCpuUs = 10) =>
  slice({ target: 'vestibule-postgres', operation, serverCpuUs, databaseCpuUs });

test('the cost of an approval is that of a flow without its registration and its refresh', () => {
  const slices = [
    measured('register', 100),
    measured('register', 300),
    measured('refresh', 50),
    measured('flow', 1_000, 45),
    measured('introspect', 40),
    measured('metadata', 5),
    slice({ ...measured('register', 9_999), connections: 1 }),
  ];
  const found = costsFrom({ slices }, 'vestibule-postgres');
  expect(found).toMatchObject({
    ok: true,
    costs: { register: { node: 200, database: 10 }, approve: { node: 750, database: 25 } },
  });
});

test('operations without a CPU time are named', () => {
  const slices = [measured('register', 100), slice({ target: 'vestibule-postgres', operation: 'refresh' })];
  expect(costsFrom({ slices }, 'vestibule-postgres')).toEqual({
    ok: false,
    missing: ['flow', 'refresh', 'introspect', 'metadata'],
  });
});
