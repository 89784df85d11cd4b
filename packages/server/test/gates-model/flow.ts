import type { Kind } from './kinds.ts';
import { both, mayHold } from './oracle.ts';
import { type ApiId, type Gates, SCOPES } from './realm.ts';

/** The moments at which the gates matter or might be thought to, in their order. */
export const STEPS = ['authorize', 'sign-in', 'approve', 'hand-back', 'exchange', 'refresh'] as const;
export type Step = (typeof STEPS)[number];

/** What is known of an authorization: who asked for what, and what has become of it. */
export interface Flow {
  readonly kind: Pick<Kind, 'ceiling' | 'madeBy' | 'refreshes'>;
  readonly api: ApiId;
  /** The scopes it asked for. Absent: it named none, which asks for all. */
  readonly asked?: readonly string[];
  /** What the person is asked for, at most. */
  readonly offered?: readonly string[];
  /** What the person agreed to. */
  readonly agreed?: readonly string[];
  /** Nothing can come of it any more, whatever gates are opened. */
  readonly isOver: boolean;
}

/** What a step comes to. */
export interface Foreseen {
  /** What is shown, promised or held after it. Nothing: it is refused. */
  readonly scopes: readonly string[];
  readonly flow: Flow;
}

/**
 * What a step of an authorization must come to while the gates stand as they do.
 *
 * @param allowed what the person allows this client at this API already: they are asked for it and for what is new
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
    // Nothing is held yet: the code is worth what the gates say when it is exchanged.
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
