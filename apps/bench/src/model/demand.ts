/** What people, agents and attackers ask of a server. */
export interface Demand {
  readonly people: number;
  /** Apps that each person has approved. Each is a client and a grant of its own. */
  readonly appsPerPerson: number;
  /** Apps that a person connects, or approves again, in a day. */
  readonly approvalsPerPersonPerDay: number;
  /** Sign-ins with a password, of one person in a day. */
  readonly signInsPerPersonPerDay: number;
  /** All refreshes of a day. */
  readonly refreshesPerDay: number;
  /** Registrations of an attack, which reach the policy and are stored. */
  readonly registrationsPerHour: number;
  /** Introspections in a second, of APIs that do not verify tokens themselves. */
  readonly introspectionsPerSecond: number;
  /** The busiest hour, as a multiple of the mean. An attack and introspections are given as they are at that time. */
  readonly peak: number;
  /** How long a client that is never used is stored, in hours: `lifecycle.unused`. */
  readonly unusedHours: number;
  /** How long audit events are stored, in days. */
  readonly auditDays: number;
}

/** What is planned with. */
export interface Capacity {
  /** The share of a core that is used in the busiest hour. The rest is for failures and for latency. */
  readonly load: number;
  /** The cores of one database. */
  readonly databaseCores: number;
  /** Synchronous copies of each database, which can take its place. */
  readonly replicas: number;
}

/** Ten million people, a hundred million refreshes a day, and a spray of a million registrations an hour. */
export const DEFAULT_DEMAND: Demand = {
  people: 10_000_000,
  appsPerPerson: 3,
  approvalsPerPersonPerDay: 0.1,
  signInsPerPersonPerDay: 0.1,
  refreshesPerDay: 100_000_000,
  registrationsPerHour: 1_000_000,
  introspectionsPerSecond: 0,
  peak: 3,
  unusedHours: 1,
  auditDays: 90,
};

export const DEFAULT_CAPACITY: Capacity = { load: 0.5, databaseCores: 16, replicas: 2 };
