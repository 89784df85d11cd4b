import type { Actor } from '../audit/actor.ts';
import type { AuditFacts, KeyEvent, LifecycleEvent, OperatorEvent, TokenEvent } from '../audit/event.ts';
import type { OperatorOptions } from './operator-options.ts';

/** What an operator can cause. Each act records one, with who it was. */
type ActEvent = Extract<OperatorEvent | KeyEvent | LifecycleEvent | TokenEvent, { readonly actor?: Actor }>;

/** What the acts of an operator work with. */
export interface ActContext extends OperatorOptions {
  /** Records what an actor did to a realm, once it is done. */
  record(actor: Actor, realm: string, event: AuditFacts<ActEvent>): Promise<void>;
}

export const actContext = (options: OperatorOptions): ActContext => ({
  ...options,
  record: (actor, realm, event) => options.audit.record({ ...event, actor, realm, at: options.clock() }),
});
