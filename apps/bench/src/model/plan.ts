import type { Costs, OperationCost } from './costs.ts';
import type { Capacity, Demand } from './demand.ts';

/** The size of what is stored, in bytes, with its indexes. */
export interface Sizes {
  readonly client: number;
  /** A grant with its three refresh tokens. */
  readonly grant: number;
  readonly auditEvent: number;
}

/** Measured with SQLite on 29 November 2026, after 1,500 flows. PostgreSQL needs more: plan with twice as much. */
export const MEASURED_SIZES: Sizes = { client: 550, grant: 2_400, auditEvent: 500 };

/** The CPU time of a sign-in with a password: Argon2id with 19 MiB and two passes, in microseconds. `bench limits` measures it. */
export const SIGN_IN_US = 30_000;

/** One kind of request in the busiest hour. */
export interface PlannedOperation {
  readonly name: string;
  readonly perSecond: number;
  /** Cores that are busy with nothing else. */
  readonly nodeCores: number;
  readonly databaseCores: number;
}

export interface Plan {
  readonly operations: readonly PlannedOperation[];
  /** Processes of one core each. */
  readonly nodes: number;
  /** Databases that share the realms between them. */
  readonly partitions: number;
  /** Databases with their copies. */
  readonly databases: number;
  /** Changes that wait for a disk, in a second of the busiest hour, over all partitions. */
  readonly commitsPerSecond: number;
  /** What is stored at any time, in gibibytes. */
  readonly storedGiB: {
    readonly clients: number;
    readonly grants: number;
    readonly audit: number;
    readonly sprayed: number;
  };
  /** Grants that a person has, each of which refreshes this often in a day. */
  readonly refreshesPerGrantPerDay: number;
}

export interface PlanInput {
  readonly demand: Demand;
  readonly capacity: Capacity;
  readonly costs: Costs;
  readonly sizes: Sizes;
  readonly signInUs: number;
}

const DAY = 86_400;
const HOUR = 3_600;
const GIB = 2 ** 30;
/** Audit events of one approval: the registration, the consent and the token. */
const EVENTS_OF_APPROVAL = 3;

/** Computes what a demand needs. */
export function planCapacity({ demand, capacity, costs, sizes, signInUs }: PlanInput): Plan {
  const { people, peak } = demand;
  const approvals = people * demand.approvalsPerPersonPerDay;
  const signIns = people * demand.signInsPerPersonPerDay;
  const daily = (count: number): number => (count / DAY) * peak;
  const operations = [
    planned('refresh', daily(demand.refreshesPerDay), costs.refresh),
    planned('register (people)', daily(approvals), costs.register),
    planned('approve and exchange', daily(approvals), costs.approve),
    planned('sign in', daily(signIns), { node: signInUs, database: 0 }),
    planned('register (spray)', demand.registrationsPerHour / HOUR, costs.register),
    planned('introspect', demand.introspectionsPerSecond, costs.introspect),
  ];
  const grants = people * demand.appsPerPerson;
  const events = demand.refreshesPerDay + approvals * EVENTS_OF_APPROVAL + signIns;
  const sprayed = demand.registrationsPerHour * demand.unusedHours;
  const partitions = Math.max(
    1,
    Math.ceil(sum(operations, 'databaseCores') / (capacity.databaseCores * capacity.load)),
  );
  return {
    operations,
    nodes: Math.max(2, Math.ceil(sum(operations, 'nodeCores') / capacity.load)),
    partitions,
    databases: partitions * (1 + capacity.replicas),
    commitsPerSecond: operations
      .filter(({ name }) => name !== 'introspect')
      .reduce((total, { perSecond }) => total + perSecond, 0),
    storedGiB: {
      clients: (grants * sizes.client) / GIB,
      grants: (grants * sizes.grant) / GIB,
      audit: (events * demand.auditDays * sizes.auditEvent) / GIB,
      sprayed: (sprayed * sizes.client) / GIB,
    },
    refreshesPerGrantPerDay: demand.refreshesPerDay / grants,
  };
}

const planned = (name: string, perSecond: number, { node, database }: OperationCost): PlannedOperation => ({
  name,
  perSecond,
  nodeCores: (perSecond * node) / 1_000_000,
  databaseCores: (perSecond * database) / 1_000_000,
});

const sum = (operations: readonly PlannedOperation[], member: 'nodeCores' | 'databaseCores'): number =>
  operations.reduce((total, operation) => total + operation[member], 0);
