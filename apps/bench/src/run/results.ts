import { z } from 'zod';

const slice = z.object({
  target: z.string(),
  /** The reference runs `register` in place of operations that it does not have. */
  operation: z.string(),
  connections: z.number(),
  /** Slices with the same number ran one after another, and are compared with each other. */
  round: z.number(),
  perSecond: z.number(),
  p50: z.number(),
  p99: z.number(),
  count: z.number(),
  errors: z.number(),
  firstError: z.string().optional(),
  /** CPU time of the server for each operation, in microseconds. */
  serverCpuUs: z.number().optional(),
  databaseCpuUs: z.number().optional(),
  /** The share of one core that the load used: near 1, the load is what limits. */
  loadCpu: z.number(),
  /** The share of the server's core that other programs used. */
  others: z.number().optional(),
  probeMs: z.number(),
  memoryMiB: z.number().optional(),
  tries: z.number(),
  /** Other programs used too much of the core in every try. */
  isDisturbed: z.boolean(),
});

const coldStart = z.object({
  target: z.string(),
  round: z.number(),
  ms: z.number(),
  probeMs: z.number(),
  memoryMiB: z.number().optional(),
});

const growth = z.object({
  target: z.string(),
  /** Clients stored when the slices began. */
  clients: z.number(),
  memoryMiB: z.number().optional(),
  diskMiB: z.number(),
  slices: z.array(slice),
});

const target = z.object({
  name: z.string(),
  storage: z.string(),
  versions: z.string(),
  notes: z.array(z.string()),
});

const check = z.object({
  accessToken: z.string(),
  rotatesRefreshTokens: z.boolean(),
  refusesWrongVerifier: z.boolean(),
  refusesReplayedCode: z.boolean(),
  refusesReplayedRefreshToken: z.boolean(),
  browserRequests: z.number(),
});

/** The format of a stored run. */
export const resultsSchema = z.object({
  format: z.literal(1),
  startedAt: z.string(),
  machine: z.object({
    processor: z.string(),
    cores: z.number(),
    memoryGiB: z.number(),
    system: z.string(),
    node: z.string(),
    /** How the cores were shared, or why they were not pinned. */
    pinning: z.string(),
  }),
  settings: z.object({ ms: z.number(), slices: z.number(), rounds: z.number() }),
  targets: z.array(target),
  checks: z.record(z.string(), check),
  slices: z.array(slice),
  coldStarts: z.array(coldStart),
  growth: z.array(growth),
  problems: z.array(z.string()),
});

export type Results = z.infer<typeof resultsSchema>;
export type Slice = z.infer<typeof slice>;
export type Growth = z.infer<typeof growth>;
