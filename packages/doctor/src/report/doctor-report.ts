import { type AgentVerdict, verdictsOf } from '../agents/verdicts.ts';
import { checks } from '../checks/every-check.ts';
import type { Severity } from '../checks/check.ts';
import type { Evidence, TargetKind } from '../evidence/evidence.ts';
import { type Finding, findingOf, plain } from './finding.ts';

/** Everything that is known about a server. */
export interface Report {
  /** The URL as it was given. */
  readonly target: string;
  readonly kind: TargetKind;
  /** The authorization server, if one is known. */
  readonly issuer?: string;
  /** Whether clients were registered. */
  readonly registered: boolean;
  /** Why agents were not tried, as sentences. */
  readonly notTried: readonly string[];
  readonly findings: readonly Finding[];
  readonly agents: readonly AgentVerdict[];
}

/** Judges the evidence by every check. */
export function reportOf(evidence: Evidence): Report {
  const { target, kind, issuer, registered } = evidence;
  const findings = checks.map((check) => findingOf(check, evidence));
  return {
    target: plain(target),
    kind,
    ...(issuer !== undefined && { issuer: plain(issuer.issuer) }),
    registered: registered !== undefined,
    notTried: (registered?.notTried ?? []).map(plain),
    findings,
    agents: verdictsOf(evidence, findings),
  };
}

/** The findings that failed, worst first. */
export const failuresIn = ({ findings }: Report): readonly Finding[] =>
  findings
    .filter(({ outcome }) => outcome === 'failed')
    .toSorted((one, other) => RANK[one.severity] - RANK[other.severity]);

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };

/** How many checks failed of a severity. */
export const countOf = (report: Report, severity: Severity): number =>
  failuresIn(report).filter((finding) => finding.severity === severity).length;

/** The counts of a report, as a sentence. */
export function summaryOf(report: Report): string {
  const { findings } = report;
  const passed = findings.filter(({ outcome }) => outcome === 'passed').length;
  const skipped = findings.filter(({ outcome }) => outcome === 'skipped').length;
  const counts = (['error', 'warning', 'note'] as const).map((severity) => {
    const count = countOf(report, severity);
    return `${count} ${severity}${count === 1 ? '' : 's'}`;
  });
  return `${counts.join(', ')}; ${passed} checks passed, ${skipped} do not apply or were not made.`;
}
