import type { AuditLog } from '../ports/audit-log.ts';
import type { CommitOutcome, CoreChange, CoreUnmet, RegistrationChange, UnmetOf } from '../ports/commit.ts';
import type { AuditEvent } from './event.ts';

interface Kind {
  readonly kind: string;
}

/** Where changes are made, and where their events are recorded. */
export interface Recording<AnyChange extends Kind, AnyUnmet extends Kind> {
  readonly commit: (changes: readonly AnyChange[]) => Promise<CommitOutcome<AnyUnmet>>;
  readonly audit: AuditLog;
}

/**
 * Creates a function that makes changes and records them: in one commit if the log is in the same database; otherwise first
 * the changes, then their events. Events that the log omits are left out. Nothing is recorded if the changes are not made.
 */
export const recordedCommits =
  <AnyChange extends CoreChange | Kind, AnyUnmet extends Kind>() =>
  async <Change extends AnyChange>(
    { commit, audit }: Recording<AnyChange, AnyUnmet>,
    changes: readonly Change[],
    events: readonly AuditEvent[],
  ): Promise<CommitOutcome<UnmetOf<AnyUnmet, Change>>> => {
    const make = async (all: readonly (Change | Kind)[]) =>
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a change fails by a condition of its own kind
      (await commit(all as readonly AnyChange[])) as CommitOutcome<UnmetOf<AnyUnmet, Change>>;
    const { observe } = audit;
    if (observe === undefined) {
      const outcome = await make(changes);
      if (outcome.committed) for (const event of events) await audit.record(event);
      return outcome;
    }
    const admissions = events.map((event) => audit.admit?.(event));
    const recorded = events.filter((_, index) => admissions[index]?.isAdmitted ?? true);
    const appends = recorded.map((event) => ({ kind: 'event.append', event }) satisfies CoreChange);
    let isCommitted = false;
    try {
      const outcome = await make([...changes, ...appends]);
      isCommitted = outcome.committed;
      if (isCommitted) for (const event of recorded) await observe(event);
      return outcome;
    } finally {
      for (const admission of admissions) admission?.settle(isCommitted);
    }
  };

/** Makes changes of what `core` stores, and records them. */
export const commitRecorded: ReturnType<typeof recordedCommits<CoreChange, CoreUnmet>> = recordedCommits<
  CoreChange,
  CoreUnmet
>();

/** Makes changes of a registrar, and records them. */
export const commitRegistration: ReturnType<typeof recordedCommits<RegistrationChange, CoreUnmet>> =
  recordedCommits<RegistrationChange, CoreUnmet>();
