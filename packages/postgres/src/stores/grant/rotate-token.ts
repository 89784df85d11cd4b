import type { CommitChanges, Rotation, RotationOutcome } from '@vestibule/server';
import type { Queryable } from '../../database/statement.ts';
import { END_OF_TOKEN } from './grant-statements.ts';

/**
 * Replaces a refresh token by its successor, in a commit. A replay ends the grant with a second statement: that a token was
 * replayed never changes, and of concurrent replays one ends the grant.
 */
export async function rotateToken(
  database: Queryable,
  commit: CommitChanges,
  rotation: Rotation,
): Promise<RotationOutcome> {
  const outcome = await commit([{ kind: 'refresh-token.rotate', ...rotation }]);
  if (outcome.committed) return { outcome: 'rotated' };
  const { unmet } = outcome;
  if (unmet.reason === 'repeated') return { outcome: unmet.reason, seed: unmet.seed };
  if (unmet.reason === 'invalid') return { outcome: unmet.reason };
  const { realm, presented, now } = rotation;
  const { rowCount } = await database.query({
    name: 'grants.end-of-token',
    text: END_OF_TOKEN,
    values: [realm, presented.hash, presented.family ?? null, now],
  });
  return { outcome: rowCount === 1 ? 'replayed' : 'invalid' };
}
