import { after } from '@vestibule/core';
import type { Interaction } from '../authorization-request/interaction.ts';
import type { Authentication } from '../records/authentication.ts';

/**
 * Whether the authentication of a person is recent enough for an interaction: at its beginning it was not older than the
 * client allows, or it happened since. An older session is not sufficient.
 *
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest OIDC Core §3.1.2.1, prompt and max_age}
 */
export function isRecent({ at }: Authentication, { startedAt, request }: Interaction): boolean {
  const maxAge = request.interaction?.maxAge;
  return maxAge === undefined || at >= after(startedAt, -maxAge);
}
