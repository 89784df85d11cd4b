import type { Audience } from '../agents/audience.ts';
import type { Evidence } from '../evidence/evidence.ts';

/** `error`: agents fail, or an attacker succeeds. `warning`: some agents fail, or a protection is missing. `note`: advice. */
export type Severity = 'error' | 'warning' | 'note';

/** The specification of a check. */
export interface Section {
  /** `RFC 9728 §3.3`. */
  readonly name: string;
  readonly url: string;
}

/** One thing that must hold, as a judgement of recorded exchanges. */
export interface Check {
  /** Stable: `issuer.name`. */
  readonly id: string;
  /** What must hold, as a sentence. */
  readonly title: string;
  readonly severity: Severity;
  readonly audience: Audience;
  readonly section: Section;
  /** What happens if it does not hold. */
  readonly why: string;
  /** What the operator changes. */
  readonly mend: string;
  /** Where it was reported or measured at other servers. */
  readonly seen?: readonly string[];
  judge(evidence: Evidence): Judgement;
}

/** The result of a check. */
export type Judgement =
  | { readonly outcome: 'passed' }
  | {
      readonly outcome: 'failed';
      /** What was observed, as a sentence. */
      readonly message: string;
      /** Where it was observed. */
      readonly where?: string;
      /** The agents that fail, if not the whole audience does. */
      readonly agents?: readonly string[];
      /** One sentence for each agent or URL, if there are several. */
      readonly details?: readonly string[];
    }
  /** It does not apply, or its exchange was not made. */
  | { readonly outcome: 'skipped'; readonly message: string };

/** What is observed when a check fails. */
export type Failure = Extract<Judgement, { readonly outcome: 'failed' }>;

export const passed: Judgement = { outcome: 'passed' };

export const failed = (message: string, more: Omit<Failure, 'outcome' | 'message'> = {}): Judgement => ({
  outcome: 'failed',
  message,
  ...more,
});

export const skipped = (message: string): Judgement => ({ outcome: 'skipped', message });

/** A section of an RFC. */
export const rfc = (number: number, section: string): Section => ({
  name: `RFC ${number} §${section}`,
  url: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`,
});

/** A part of the authorization specification of MCP. */
export const mcp = (part: string, anchor: string): Section => ({
  name: `MCP authorization, ${part}`,
  url: `https://modelcontextprotocol.io/specification/2025-11-25/basic/authorization#${anchor}`,
});

/** CORS, as browsers implement it. */
export const CORS: Section = {
  name: 'Fetch, CORS protocol',
  url: 'https://fetch.spec.whatwg.org/#http-cors-protocol',
};

/** A measurement of 7,973 remote MCP servers, May 2026. */
export const MEASURED = 'https://arxiv.org/abs/2605.22333';
