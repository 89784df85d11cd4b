import { documents, fixtures } from '@vestibule/client-fixtures';
import type { Evidence } from '../evidence/evidence.ts';
import type { Finding } from '../report/finding.ts';
import { AGENT_IDS, wayOf } from './audience.ts';

/** What the server means for one agent. */
export interface AgentVerdict {
  readonly id: string;
  /** Its name for people. */
  readonly client: string;
  /** How it becomes known there. Absent if it cannot. */
  readonly way?: 'registration' | 'document';
  /**
   * `works`: tried up to the sign-in. `expected`: not tried, and no error was found. `hindered`: see `because`. `unknown`: it
   * has a metadata document, which this server does not support, and what it registers is not recorded.
   */
  readonly verdict: 'works' | 'expected' | 'hindered' | 'unknown';
  /** The ids of the checks with errors that concern it. */
  readonly because: readonly string[];
}

/** Derives from the findings which agents can use the server. */
export function verdictsOf(evidence: Evidence, findings: readonly Finding[]): readonly AgentVerdict[] {
  const tried = new Set(
    evidence.registered?.outcomes.filter(({ outcome }) => outcome === 'passed').map(({ agent }) => agent),
  );
  return AGENT_IDS.map((id) => {
    const because = findings
      .filter(
        ({ outcome, severity, agents }) =>
          outcome === 'failed' && severity === 'error' && agents.includes(id),
      )
      .map(({ check }) => check);
    const client = [...fixtures, ...documents].find((agent) => agent.id === id)?.client ?? id;
    const way = wayOf(id, evidence);
    if (way === undefined) {
      return { id, client, verdict: because.length > 0 ? 'hindered' : 'unknown', because };
    }
    const verdict = because.length > 0 ? 'hindered' : tried.has(id) ? 'works' : 'expected';
    return { id, client, way, verdict, because };
  });
}
