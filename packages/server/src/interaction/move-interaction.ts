import type { NewInteractionContext } from './resume-interaction.ts';
import type { Seconds } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { hasOwnPaths } from '../web/place.ts';
import { sha256 } from '../web/digest.ts';
import { interactionCookie } from './interaction-cookie.ts';
import type { Interaction } from '../authorization-request/interaction.ts';

/** Where a person continues an interaction after signing in. */
export interface Onward {
  readonly id: Interaction['id'];
  /** The lifetime of a session for it, in seconds. */
  readonly lifetime: Seconds;
  readonly cookies: readonly string[];
}

/**
 * Moves an interaction to a new place when a person signs in, with a new id and a new secret. Another program may have begun
 * it and planted its cookie in this browser. That program knows the old place and secret, and must not know where the person
 * is signed in. For most issuers no other program can do this, and the interaction is not moved.
 */
export async function moveInteraction(
  { issuer, interactions, clock, generateToken }: NewInteractionContext,
  realm: Realm,
  interaction: Interaction,
): Promise<Onward> {
  if (!hasOwnPaths(issuer)) {
    return { id: interaction.id, lifetime: realm.settings.lifetimes.session, cookies: [] };
  }
  const [id, secret] = [generateToken(), generateToken()];
  await interactions.insert({ ...interaction, id, browserHash: sha256(secret) });
  const lifetime = Math.max(1, Math.ceil((interaction.expiresAt - clock()) / 1_000));
  return { id, lifetime, cookies: [interactionCookie(issuer, id).set(secret, lifetime)] };
}
