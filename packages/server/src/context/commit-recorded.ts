import { recordedCommits } from '@vestibule/core/audit';
import type { Change, Unmet } from '../ports/commit.ts';

/** Makes the changes of a request and records them: all of it, or nothing. */
export const commitRecorded: ReturnType<typeof recordedCommits<Change, Unmet>> = recordedCommits<
  Change,
  Unmet
>();
