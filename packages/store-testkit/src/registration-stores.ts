import type { AuditTrail, ClientStore, Commit, CoreChange, Sweeper } from '@vestibule/core';
import type { Change, CommitChanges, Stores } from '@vestibule/server';
import { storeCases } from './cases/store-cases.ts';
import type { StoreCase } from './harness/case.ts';

/** What a registrar stores, if nothing else of a server is used. */
export interface RegistrationStores {
  readonly clients: ClientStore;
  readonly audit: AuditTrail;
  /** Makes changes of clients and of quotas, and records events. Called with no other changes. */
  readonly commit: Commit;
  /** Deletes old events and quotas whose window has ended, at most `limit` of each. @returns how many */
  readonly sweep: Sweeper['sweep'];
}

/** The cases about what a registrar stores: clients, quotas and events. */
export const registrationCases: readonly StoreCase[] = storeCases.filter(({ id }) =>
  /^(clients|audit|commit\.(client|quota|event|empty))(\.|$)/.test(id),
);

/**
 * The stores of a whole server, as {@link registrationCases} need them: those of a registrar, and others beside them.
 *
 * @param others for example those of `createMemoryStores`
 * @example
 * ```ts
 * import { createMemoryStores } from '@vestibule/server/memory';
 * import { completeStores, registrationCases, runStoreCase } from '@vestibule/store-testkit';
 *
 * for (const storeCase of registrationCases) {
 *   const stores = completeStores(createMemoryStores(), createMemoryStores());
 *   console.log(await runStoreCase({ open: async () => ({ stores, close: async () => {} }) }, storeCase));
 * }
 * ```
 */
export const completeStores = (
  { clients, audit, commit, sweep }: RegistrationStores,
  others: Stores,
): Stores => ({
  ...others,
  clients,
  audit,
  sweep,
  commit: completeCommit(commit),
});

const isOurs = (change: Change): change is Change & CoreChange => /^(client|quota|event)\./.test(change.kind);

/** Fails always. The cases undo a commit by requiring a session that does not exist; this takes its place. */
const IMPOSSIBLE: CoreChange = { kind: 'client.forget', realm: 'main', id: 'unknown' };
/** Changes nothing. It takes the place of every other change of the stores in memory. */
const NOTHING: CoreChange = { kind: 'client.use', realm: 'main', id: 'unknown', at: 0 };

function completeCommit(commit: Commit): CommitChanges {
  const complete = async (changes: readonly Change[]): Promise<unknown> => {
    const outcome = await commit(
      changes.map((change) => {
        if (isOurs(change)) return change;
        return change.kind === 'session.require' ? IMPOSSIBLE : NOTHING;
      }),
    );
    const failed = outcome.committed ? undefined : changes[outcome.index];
    return failed === undefined || isOurs(failed) ? outcome : { ...outcome, unmet: { kind: failed.kind } };
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a change fails by a condition of its own kind
  return complete as CommitChanges;
}
