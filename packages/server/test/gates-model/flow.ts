import type { Kind } from './kinds.ts';
import { both, mayHold } from './oracle.ts';
import { type ApiId, type Gates, SCOPES } from './realm.ts';

/** The steps at which the gates matter or might be expected to, in order. */
export const STEPS = ['authorize', 'sign-in', 'approve', 'hand-back', 'exchange', 'refresh'] as const;
export type Step = (typeof STEPS)[number];

/** What is known about an authorization: its client and request, and its state. */
export interface Flow {
  readonly kind: Pick<Kind, 'ceiling' | 'madeBy' | 'refreshes'>;
  readonly api: ApiId;
  /** The requested scopes. Absent: none, which requests all. */
  readonly asked?: readonly string[];
  /** The scopes that the person is asked for, at most. */
  readonly offered?: readonly string[];
  /** The scopes that the person approved. */
  readonly agreed?: readonly string[];
  /** It can no longer succeed, whatever gates open. */
  readonly isOver: boolean;
}

/** The expected result of a step. */
export interface Foreseen {
  /** The scopes that are displayed, promised or held after it. Empty: it is refused. */
  readonly scopes: readonly string[];
  readonly flow: Flow;
}

/**
 * The expected result of a step of an authorization in the current state of the gates.
 *
 * @param allowed what the person already allows this client at this API: they are asked for it and for what is new
 */
export function foresee(flow: Flow, step: Step, gates: Gates, allowed: readonly string[] = []): Foreseen {
  const now = mayHold(flow.kind, gates, flow.api);
  const { asked = SCOPES[flow.api], offered = [], agreed = [] } = flow;
  const withAllowed = (news: readonly string[]): readonly string[] =>
    news.length === 0 ? [] : [...new Set([...news, ...both(allowed, now)])].toSorted();
  const overUnless = (scopes: readonly string[]): boolean => flow.isOver || scopes.length === 0;
  switch (step) {
    case 'authorize': {
      const scopes = both(asked, now);
      return { scopes, flow: { ...flow, offered: scopes, isOver: overUnless(scopes) } };
    }
    case 'sign-in': {
      const scopes = withAllowed(both(offered, now));
      return { scopes, flow: { ...flow, isOver: overUnless(scopes) } };
    }
    case 'approve': {
      const scopes = withAllowed(both(offered, now));
      return { scopes, flow: { ...flow, agreed: scopes, isOver: overUnless(scopes) } };
    }
    // Nothing is held yet: the gates decide when the code is exchanged.
    case 'hand-back':
      return { scopes: agreed, flow };
    case 'exchange': {
      const scopes = both(agreed, now);
      return { scopes, flow: { ...flow, isOver: overUnless(scopes) || !flow.kind.refreshes } };
    }
    case 'refresh':
      return { scopes: both(agreed, now), flow };
  }
}
