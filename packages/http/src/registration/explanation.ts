import { findRule, type TraceEntry } from '@vestibule/core/policy';
import type { Judged } from '@vestibule/core/registration';
import { ruleUri } from './refused-reply.ts';

/** What each rule of a policy does to a registration, in a form for programs. */
export interface Explanation {
  readonly outcome: 'accepted' | 'refused';
  /** The metadata that would be registered. */
  readonly metadata?: object;
  readonly error?: string;
  readonly error_description?: string;
  /** What the candidate policy would refuse. */
  readonly candidate?: { readonly error: string; readonly error_description: string };
  readonly trace: readonly (TraceEntry & { readonly source?: string; readonly docs?: string })[];
}

/** Explains a judged registration as JSON: what each rule did, with its source and a link to its description. */
export function explanation(judged: Judged, rulesUri?: string): Explanation {
  const trace = judged.trace.map((entry) => {
    const source = findRule(entry.rule)?.source;
    return {
      ...entry,
      ...(source !== undefined && { source }),
      ...(rulesUri !== undefined && { docs: ruleUri(rulesUri, entry.rule) }),
    };
  });
  if (!judged.ok) {
    const { code, description } = judged.refusal;
    return { outcome: 'refused', error: code, error_description: description, trace };
  }
  const { metadata, candidateRefusal } = judged;
  return {
    outcome: 'accepted',
    metadata,
    ...(candidateRefusal && {
      candidate: { error: candidateRefusal.code, error_description: candidateRefusal.description },
    }),
    trace,
  };
}
