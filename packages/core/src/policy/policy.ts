import type { Draft, PolicyContext, Rule, TraceEntry, Verdict } from './rule.ts';

/**
 * Combines rules into one that runs them in order and stops at the first refusal.
 *
 * @param id names the policy, as that of a rule does
 * @param source where it comes from
 * @example
 * ```ts
 * import { definePolicy, defineRule, dynamicClientPolicy } from '@vestibule/core/policy';
 *
 * const named = defineRule('acme.named', 'Acme policy 7', ({ metadata }) =>
 *   metadata.client_name === undefined
 *     ? { outcome: 'refused', code: 'invalid_client_metadata', description: 'client_name is required' }
 *     : { outcome: 'kept' },
 * );
 * const policy = definePolicy('acme', 'Acme policy', [dynamicClientPolicy, named]);
 * ```
 */
export function definePolicy(id: string, source: string, rules: readonly Rule[]): Rule {
  return { id, source, apply: (draft, context) => run(rules, draft, context) };
}

function run(rules: readonly Rule[], start: Draft, context: PolicyContext): Verdict {
  let draft = start;
  const trace: TraceEntry[] = [];
  for (const rule of rules) {
    const verdict = rule.apply(draft, context);
    for (const entry of verdict.trace) trace.push(entry);
    if (!verdict.ok) return { ok: false, refusal: verdict.refusal, trace };
    draft = verdict.draft;
  }
  return { ok: true, draft, trace };
}
