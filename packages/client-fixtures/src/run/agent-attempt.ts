import type { ClientKind } from '../server/offers.ts';
import type { CheckOutcome, Result, Step } from './outcome.ts';

/** The results of one agent, by step. */
export type Steps = readonly (readonly [Step, readonly Result[]])[];

/** What became of one agent. */
export interface Attempt {
  readonly steps: Steps;
  /** Why no further agent should be tried. */
  readonly limit?: string;
}

/** How agents are tried. */
export interface Trial<A> {
  attempt(agent: A): Promise<Attempt>;
  /** All checks of an agent, skipped for a reason. */
  nothingRun(agent: A, why: string): Steps;
  /** Called before each agent is tried. */
  onAgent(agent: A): void;
}

/** Tries one agent after the other. Once the server limits requests, the remaining agents are skipped. */
export async function outcomesOf<A extends { readonly id: string }>(
  kind: ClientKind,
  agents: readonly A[],
  { attempt, nothingRun, onAgent }: Trial<A>,
): Promise<readonly CheckOutcome[]> {
  const outcomes: CheckOutcome[] = [];
  let limit: string | undefined;
  for (const agent of agents) {
    onAgent(agent);
    const tried: Attempt = limit === undefined ? await attempt(agent) : { steps: nothingRun(agent, limit) };
    limit ??= tried.limit;
    for (const [step, results] of tried.steps) {
      for (const result of results) outcomes.push({ agent: agent.id, kind, step, ...result });
    }
  }
  return outcomes;
}
