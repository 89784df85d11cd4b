import type { EffectiveClientMetadata } from '../metadata/client-metadata.ts';
import { parseClientMetadata } from '../metadata/parse-metadata.ts';
import type { Refusal } from '../refusal.ts';
import { toEffective } from './effective.ts';
import type { PolicyContext, Rule, TraceEntry } from './rule.ts';

/** The result of a policy for a request, with its trace. */
export type RegistrationJudgement =
  | { readonly ok: true; readonly metadata: EffectiveClientMetadata; readonly trace: readonly TraceEntry[] }
  | { readonly ok: false; readonly refusal: Refusal; readonly trace: readonly TraceEntry[] };

/** Reads a registration request and evaluates a policy. Pure: stores and fetches nothing. */
export function judgeRegistration(
  body: unknown,
  policy: Rule,
  context: PolicyContext,
): RegistrationJudgement {
  const parsed = parseClientMetadata(body);
  if (!parsed.ok) {
    const { refusal } = parsed;
    const trace: TraceEntry = { rule: refusal.rule, outcome: 'refused', description: refusal.description };
    return { ok: false, refusal, trace: [trace] };
  }
  const verdict = policy.apply({ metadata: parsed.metadata, redirectUris: [] }, context);
  if (!verdict.ok) return verdict;
  return { ok: true, metadata: toEffective(verdict.draft, context), trace: verdict.trace };
}
