import type { TraceEntry } from '../policy/rule.ts';
import type { SoftwareStatementSettings } from '../realm/registration-settings.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { missingClaim, overruledMembers, withClaims } from '../software-statement/claims.ts';
import type { SoftwareStatementVerifier } from '../software-statement/verifier.ts';
import type { Instant } from '../time.ts';

/** A registration request whose software statement was verified or dropped. */
export type ReadStatement =
  | {
      readonly ok: true;
      /** The body to judge: without a statement that is not trusted, or with the claims of a verified one. */
      readonly body: unknown;
      /** The `iss` of the statement issuer that verified the client. */
      readonly vouchedBy?: string;
      readonly trace: readonly TraceEntry[];
    }
  | { readonly ok: false; readonly refusal: Refusal };

export interface StatementQuestion {
  readonly settings: SoftwareStatementSettings;
  /** Absent: no statements are trusted. */
  readonly verifier: SoftwareStatementVerifier | undefined;
  readonly now: Instant;
  /** The issuer identifier of the realm. */
  readonly audience: string;
}

/**
 * Verifies the software statement of a registration request, before the rest is judged.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-3.1.1 RFC 7591 §3.1.1}
 */
export async function readStatement(
  body: unknown,
  { settings, verifier, now, audience }: StatementQuestion,
): Promise<ReadStatement> {
  const statement = statementOf(body);
  if (statement === undefined) return { ok: true, body, trace: [] };

  const verdict =
    verifier === undefined
      ? ({ outcome: 'untrusted', problem: 'is not taken here' } as const)
      : await verifier.verify(statement, settings.issuers, now, [audience]);
  switch (verdict.outcome) {
    case 'untrusted': {
      const rule = 'software-statement.trusted';
      if (settings.untrusted === 'refuse') {
        return refused('unapproved_software_statement', rule, `software_statement ${verdict.problem}`);
      }
      const { software_statement: _ignored, ...rest } = Object(body);
      return { ok: true, body: rest, trace: [{ rule, outcome: 'dropped', from: 'software_statement' }] };
    }
    case 'invalid':
      return refused(
        'invalid_software_statement',
        'software-statement.valid',
        `software_statement ${verdict.problem}`,
      );
    case 'verified': {
      const missing = missingClaim(verdict.claims);
      if (missing !== undefined) {
        return refused(
          'invalid_software_statement',
          'software-statement.claims',
          `software_statement must hold ${missing}: what it does not say itself, anybody could put beside it`,
        );
      }
      const from = overruledMembers(Object(body), verdict.claims);
      const rule = 'software-statement.claims';
      return {
        ok: true,
        body: withClaims(Object(body), verdict.claims),
        vouchedBy: verdict.issuer.issuer,
        trace: [
          { rule: 'software-statement.valid', outcome: 'kept' },
          from.length === 0 ? { rule, outcome: 'kept' } : { rule, outcome: 'dropped', from },
        ],
      };
    }
  }
}

/** Whether a body has a software statement to be verified. */
export const hasStatement = (body: unknown): boolean => statementOf(body) !== undefined;

/** The statement of a body if it is a string; any other value is judged with the rest. */
function statementOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('software_statement' in body)) return undefined;
  const { software_statement: statement } = body;
  return typeof statement === 'string' && statement !== '' ? statement : undefined;
}

const refused = (
  code: 'invalid_software_statement' | 'unapproved_software_statement',
  rule: string,
  text: string,
): ReadStatement => ({ ok: false, refusal: refusal(code, rule, text) });
