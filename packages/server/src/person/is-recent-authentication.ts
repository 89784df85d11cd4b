import { after } from '@vestibule/core';
import type { Interaction } from '../authorization-request/interaction.ts';
import type { Authentication } from '../records/authentication.ts';

/**
 * Whether a person proved who they are recently enough for an interaction: at its beginning they had done so no longer
 * ago than the client allows, or they have done so since. A session that is older proves nothing here.
 *
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest OIDC Core §3.1.2.1, prompt and max_age}
 */
export function isRecent({ at }: Authentication, { startedAt, request }: Interaction): boolean {
  const maxAge = request.interaction?.maxAge;
  return maxAge === undefined || at >= after(startedAt, -maxAge);
}
