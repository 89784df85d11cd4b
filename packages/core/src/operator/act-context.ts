import type { Actor } from '../audit/actor.ts';
import { recordedCommits } from '../audit/commit-recorded.ts';
import type { AuditFacts, KeyEvent, LifecycleEvent, OperatorEvent, TokenEvent } from '../audit/event.ts';
import type { CommitOutcome } from '../ports/commit.ts';
import type { OperatorChange, OperatorUnmet } from '../ports/operator-commit.ts';
import type { OperatorOptions } from './operator-options.ts';

/** The events that operators cause. Each act records one, with its actor. */
type ActEvent = Extract<OperatorEvent | KeyEvent | LifecycleEvent | TokenEvent, { readonly actor?: Actor }>;

/** What an actor does to a realm. */
export interface Act {
  readonly actor: Actor;
  readonly realm: string;
  readonly changes: readonly OperatorChange[];
  readonly event: AuditFacts<ActEvent>;
}

/** What the acts of an operator use. */
export interface ActContext extends OperatorOptions {
  /** Makes the changes of an act and records its event: all of it, or nothing. */
  carryOut(act: Act): Promise<CommitOutcome<OperatorUnmet>>;
  /** Records what an actor did to a realm, after it is done. */
  record(actor: Actor, realm: string, event: AuditFacts<ActEvent>): Promise<void>;
}

const commitActs = recordedCommits<OperatorChange, OperatorUnmet>();

export const actContext = (options: OperatorOptions): ActContext => ({
  ...options,
  carryOut: ({ actor, realm, changes, event }) =>
    commitActs(options, changes, [{ ...event, actor, realm, at: options.clock() }]),
  record: (actor, realm, event) => options.audit.record({ ...event, actor, realm, at: options.clock() }),
});
