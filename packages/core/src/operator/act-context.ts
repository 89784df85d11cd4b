import type { Actor } from '../audit/actor.ts';
import type { AuditFacts, KeyEvent, LifecycleEvent, OperatorEvent, TokenEvent } from '../audit/event.ts';
import type { OperatorOptions } from './operator-options.ts';

/** The events that operators cause. Each act records one, with its actor. */
type ActEvent = Extract<OperatorEvent | KeyEvent | LifecycleEvent | TokenEvent, { readonly actor?: Actor }>;

/** What the acts of an operator use. */
export interface ActContext extends OperatorOptions {
  /** Records what an actor did to a realm, after it is done. */
  record(actor: Actor, realm: string, event: AuditFacts<ActEvent>): Promise<void>;
}

export const actContext = (options: OperatorOptions): ActContext => ({
  ...options,
  record: (actor, realm, event) => options.audit.record({ ...event, actor, realm, at: options.clock() }),
});
