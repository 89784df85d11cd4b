export type { Audience } from './agents/audience.ts';
export type { AgentVerdict } from './agents/verdicts.ts';
export { checks } from './checks/every-check.ts';
export type { Check, Failure, Judgement, Section, Severity } from './checks/check.ts';
export type {
  Evidence,
  Found,
  IssuerEvidence,
  OwnClientEvidence,
  RegisteredEvidence,
  ResourceEvidence,
  TargetKind,
} from './evidence/evidence.ts';
export { examine, type ExamineOptions } from './examine.ts';
export type { Exchange, Replied, Silent } from './exchange/exchange.ts';
export type { Finding } from './report/finding.ts';
export { htmlOf } from './report/html-report.ts';
export type { Report } from './report/doctor-report.ts';
export { sarifOf } from './report/sarif-report.ts';
export { textOf, type TextOptions } from './report/text-report.ts';
