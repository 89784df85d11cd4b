import type { NewInteractionContext } from './resume-interaction.ts';
import type { Realm, Seconds } from '@vestibule/core';
import { hasOwnPaths } from '../web/place.ts';
import { sha256 } from '../web/digest.ts';
import { interactionCookie } from './interaction-cookie.ts';
import type { Interaction } from '../authorization-request/interaction.ts';

/** Where a person who has just signed in goes on with an interaction. */
export interface Onward {
  readonly id: Interaction['id'];
  /** How long a session that is for it lasts. */
  readonly lifetime: Seconds;
  readonly cookies: readonly string[];
}

/**
 * Takes an interaction to a new place when somebody signs in, with a new id and a new secret. Another program may have begun
 * it, and have planted its cookie in this browser: then it knows where the interaction was and what it is bound to, and it
 * must not know where the person is signed in. With most issuers no other program can, and the interaction stays.
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
  await interactions.insert({ ...interaction, id, browserHash: await sha256(secret) });
  const lifetime = Math.max(1, Math.ceil((interaction.expiresAt - clock()) / 1_000));
  return { id, lifetime, cookies: [interactionCookie(issuer, id).set(secret, lifetime)] };
}
