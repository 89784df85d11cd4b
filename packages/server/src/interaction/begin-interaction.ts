import type { NewInteractionContext } from './resume-interaction.ts';
import { after } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { readCookies } from '../web/cookie.ts';
import { sha256 } from '../web/digest.ts';
import { forgetOldest, interactionCookie } from './interaction-cookie.ts';
import type { AuthorizationRequest, Interaction } from '../authorization-request/interaction.ts';

/** Begins an interaction and binds it to this browser. */
export async function beginInteraction(
  { issuer, interactions, clock, generateToken }: NewInteractionContext,
  realm: Realm,
  request: Request,
  authorization: AuthorizationRequest,
): Promise<{ readonly interaction: Interaction; readonly cookies: readonly string[] }> {
  const lifetime = realm.settings.lifetimes.transaction;
  const secret = generateToken();
  const now = clock();
  const interaction: Interaction = {
    realm: realm.id,
    id: generateToken(),
    browserHash: sha256(secret),
    request: authorization,
    startedAt: now,
    expiresAt: after(now, lifetime),
  };
  await interactions.insert(interaction);
  const cookie = interactionCookie(issuer, interaction.id).set(secret, lifetime);
  return { interaction, cookies: [...forgetOldest(issuer, readCookies(request)), cookie] };
}
