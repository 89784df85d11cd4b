import type { RequestHead } from '@vestibule/http';
import { after, type Clock, type GenerateToken, reservations, type Seconds, type Use } from '@vestibule/core';
import type { CommitChanges } from '../ports/commit.ts';
import type { Realm } from '@vestibule/core/realm';
import { readCookies } from '../web/cookie.ts';
import { sha256 } from '../web/digest.ts';
import { forgetOldest, interactionCookie } from './interaction-cookie.ts';
import type { AuthorizationRequest, Interaction } from '../authorization-request/interaction.ts';

/** What interactions are begun with. */
export interface BeginningContext {
  readonly issuer: string;
  readonly commit: CommitChanges;
  readonly clock: Clock;
  readonly generateToken: GenerateToken;
}

/** The result of beginning an interaction. */
export type Begun<Name extends string> =
  | { readonly outcome: 'begun'; readonly interaction: Interaction; readonly cookies: readonly string[] }
  /** A limit has no use left. Nothing is stored. */
  | { readonly outcome: 'limited'; readonly limit: Name; readonly retryAfter: Seconds };

/** Begins an interaction and binds it to this browser, if each of the limits has a use left. */
export async function beginInteraction<Name extends string>(
  { issuer, commit, clock, generateToken }: BeginningContext,
  realm: Realm,
  request: RequestHead,
  authorization: AuthorizationRequest,
  uses: readonly Use<Name>[],
): Promise<Begun<Name>> {
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
  const stored = await commit([{ kind: 'interaction.insert', interaction }, ...reservations(uses, now)]);
  if (!stored.committed) {
    const { unmet, index } = stored;
    const use = uses[index - 1];
    if (unmet.kind === 'interaction.insert' || use === undefined) {
      throw new Error('An interaction has an id that was generated for it.');
    }
    return { outcome: 'limited', limit: use.name, retryAfter: unmet.retryAfter };
  }
  const cookie = interactionCookie(issuer, interaction.id).set(secret, lifetime);
  return { outcome: 'begun', interaction, cookies: [...forgetOldest(issuer, readCookies(request)), cookie] };
}
