import { median } from '../load/latencies.ts';
import type { Results } from '../run/results.ts';

/** CPU time of one operation, in microseconds. */
export interface OperationCost {
  readonly node: number;
  readonly database: number;
}

/** What each operation costs, from a stored run. */
export interface Costs {
  readonly register: OperationCost;
  /** An authorization with the consent form, and the exchange of its code: a flow without its registration and its refresh. */
  readonly approve: OperationCost;
  readonly refresh: OperationCost;
  readonly introspect: OperationCost;
  readonly metadata: OperationCost;
}

/** Costs, or the operations whose CPU time the run does not have. */
export type FoundCosts =
  { readonly ok: true; readonly costs: Costs } | { readonly ok: false; readonly missing: readonly string[] };

const NEEDED = ['register', 'flow', 'refresh', 'introspect', 'metadata'] as const;

/** The median CPU times of a target at its largest number of connections. */
export function costsFrom({ slices }: Pick<Results, 'slices'>, target: string): FoundCosts {
  const own = slices.filter((slice) => slice.target === target && slice.serverCpuUs !== undefined);
  const connections = Math.max(...own.map((slice) => slice.connections));
  const of = (operation: (typeof NEEDED)[number]): OperationCost => {
    const fitting = own.filter((slice) => slice.operation === operation && slice.connections === connections);
    return {
      node: median(fitting.map(({ serverCpuUs = 0 }) => serverCpuUs)),
      database: median(fitting.map(({ databaseCpuUs = 0 }) => databaseCpuUs)),
    };
  };
  const missing = NEEDED.filter((operation) => Number.isNaN(of(operation).node));
  if (missing.length > 0) return { ok: false, missing };
  const [register, refresh, flow] = [of('register'), of('refresh'), of('flow')];
  const approve = {
    node: Math.max(0, flow.node - register.node - refresh.node),
    database: Math.max(0, flow.database - register.database - refresh.database),
  };
  return {
    ok: true,
    costs: { register, approve, refresh, introspect: of('introspect'), metadata: of('metadata') },
  };
}
