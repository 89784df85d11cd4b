import { type Check, type Section, type Severity } from '../checks/check.ts';
import type { Evidence } from '../evidence/evidence.ts';

/** The result of one check. */
export interface Finding {
  /** The stable id of the check. */
  readonly check: string;
  readonly title: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly severity: Severity;
  /** What was observed, or why the check was not made. Absent if it passed. */
  readonly message?: string;
  /** Where it was observed. */
  readonly where?: string;
  readonly details: readonly string[];
  /** For whom it matters, in words. */
  readonly audience: string;
  /** The ids of the agents that it concerns. Empty if it concerns people. */
  readonly agents: readonly string[];
  readonly why: string;
  readonly mend: string;
  readonly section: Section;
  readonly seen: readonly string[];
}

/** Judges the evidence by one check. */
export function findingOf(check: Check, evidence: Evidence): Finding {
  const judgement = check.judge(evidence);
  const { id, title, severity, audience, why, mend, section, seen = [] } = check;
  const base = {
    check: id,
    title,
    severity,
    audience: audience.name,
    agents: audience.agents(evidence),
    details: [],
    why,
    mend,
    section,
    seen,
  };
  switch (judgement.outcome) {
    case 'passed':
      return { ...base, outcome: 'passed' };
    case 'skipped':
      return { ...base, outcome: 'skipped', message: plain(judgement.message) };
    case 'failed': {
      const { message, where, agents = base.agents, details = [] } = judgement;
      return {
        ...base,
        outcome: 'failed',
        message: plain(message),
        ...(where !== undefined && { where: plain(where) }),
        agents,
        details: details.map(plain),
      };
    }
  }
}

const LONGEST = 600;

/** What a server sent, without characters that control a terminal, and not longer than a paragraph. */
export function plain(text: string): string {
  const line = text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ');
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
