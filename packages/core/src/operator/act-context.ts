import type { Actor } from '../audit/actor.ts';
import { recordedCommits } from '../audit/commit-recorded.ts';
import type { AuditFacts, LifecycleEvent } from '../audit/event.ts';
import type { KeyEvent } from '../audit/key-event.ts';
import type { OperatorEvent } from '../audit/operator-event.ts';
import type { TokenEvent } from '../audit/token-event.ts';
import type { CommitOutcome } from '../ports/commit.ts';
import type { OperatorChange, OperatorUnmet } from '../ports/operator-commit.ts';
import { changeRealm, type RealmChange } from '../realm/change-realm.ts';
import type { RealmRecord } from '../realm/realm.ts';
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
  /**
   * Changes a realm and records it: all of it, or nothing. After a concurrent change, the change is computed again from the new
   * realm, so that both take effect.
   *
   * @param change returns the new realm, the same object if nothing changes, or a refusal; may be called several times
   * @param eventOf returns the event of the change
   */
  changeRealm<Refusal extends { readonly outcome: string }>(
    who: Pick<Act, 'actor' | 'realm'>,
    change: (current: RealmRecord) => RealmRecord | Refusal,
    eventOf: (before: RealmRecord, after: RealmRecord) => Act['event'],
  ): Promise<RealmChange<Refusal>>;
}

const commitActs = recordedCommits<OperatorChange, OperatorUnmet>();

export function actContext(options: OperatorOptions): ActContext {
  const carryOut: ActContext['carryOut'] = ({ actor, realm, changes, event }) =>
    commitActs(options, changes, [{ ...event, actor, realm, at: options.clock() }]);
  return {
    ...options,
    carryOut,
    changeRealm: (who, change, eventOf) =>
      changeRealm(options.realms, who.realm, change, async (before, after, expectedVersion) => {
        const changes = [{ kind: 'realm.replace', realm: after, expectedVersion } as const];
        const outcome = await carryOut({ ...who, changes, event: eventOf(before, after) });
        if (outcome.committed) return 'replaced';
        return outcome.unmet.kind === 'realm.replace' ? outcome.unmet.reason : 'stale';
      }),
  };
}
