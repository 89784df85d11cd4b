import { type ClientRow, fromClientRow } from '@vestibule/core';
import type { Change, Unmet } from '@vestibule/server';
import { fromStored } from '../../database/text.ts';
import { judgePresented, type StoredTokens, type Unrotated } from '../grant/token-family.ts';

/** A commit that was not made. */
export interface Failure {
  /** Its number in the statement. */
  readonly commit: number;
  /** The change whose condition failed. */
  readonly index: number;
  readonly unmet: Unmet;
}

/** The failures that the function `commit_changes` returned. */
export function decodeFailures(
  failures: string | null,
  commits: readonly (readonly Change[])[],
): readonly Failure[] {
  if (failures === null) return [];
  const stored: readonly StoredFailure[] = JSON.parse(failures, (_, value: unknown) =>
    typeof value === 'string' ? fromStored(value) : value,
  );
  return stored.map(({ commit, index, unmet: { row, decision, tokens, ...members } }) => {
    const change = commits[commit]?.[index];
    const unmet = {
      kind: change?.kind,
      ...members,
      ...(tokens && change?.kind === 'refresh-token.rotate' && reasonOf(judgePresented(change, tokens))),
      ...(row && { client: fromClientRow(row) }),
      ...(decision !== undefined && { decision: JSON.parse(decision) }),
    };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the functions of the schema return this form
    return { commit, index, unmet: unmet as Unmet };
  });
}

/** The result of a token that could not be replaced, as the condition that failed. */
const reasonOf = ({ outcome: reason, ...members }: Unrotated) => ({ reason, ...members });

interface StoredFailure {
  readonly commit: number;
  readonly index: number;
  readonly unmet: {
    /** The row of the client of the earlier registration. */
    readonly row?: ClientRow;
    readonly decision?: string;
    /** What is stored of the tokens of a grant that one was presented of. */
    readonly tokens?: StoredTokens;
  };
}
