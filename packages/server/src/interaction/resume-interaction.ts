import type { RequestHead } from '@vestibule/http';
import type { Clock, GenerateToken } from '@vestibule/core';
import type { InteractionStore } from '../ports/interaction-store.ts';
import { readCookies } from '../web/cookie.ts';
import { placeOf } from '../web/place.ts';
import { equalInConstantTime } from '@vestibule/core';
import { sha256 } from '../web/digest.ts';
import type { PageProblem } from '../pages/views.ts';
import { interactionCookie } from './interaction-cookie.ts';
import type { BoundInteraction } from '../authorization-request/interaction.ts';

/** What an interaction is found with. */
export interface InteractionContext {
  readonly realm: string;
  readonly issuer: string;
  readonly interactions: InteractionStore;
  readonly clock: Clock;
}

/** What an interaction needs for its id and its place. */
export interface NewInteractionContext extends Omit<InteractionContext, 'realm'> {
  readonly generateToken: GenerateToken;
}

export type ResumedInteraction =
  | ({ readonly ok: true; readonly fields?: never } & BoundInteraction)
  | { readonly ok: false; readonly problem: PageProblem };

/** Finds an interaction that has not expired and proves that this is its browser. Called for every page and form. */
export async function resumeInteraction(
  { realm, issuer, interactions, clock }: InteractionContext,
  request: RequestHead,
  id: string | null,
): Promise<ResumedInteraction> {
  const interaction = id === null ? undefined : await interactions.find(realm, id);
  if (interaction === undefined || interaction.expiresAt <= clock()) {
    return { ok: false, problem: 'transaction-unknown' };
  }
  const browserSecret = readCookies(request).get(interactionCookie(issuer, interaction.id).name);
  if (browserSecret === undefined || !equalInConstantTime(sha256(browserSecret), interaction.browserHash)) {
    return { ok: false, problem: 'other-browser' };
  }
  return { ok: true, interaction, browserSecret };
}

/** {@link resumeInteraction} for a page whose URL names the interaction. */
export function resumeFromAddress(
  context: InteractionContext,
  request: RequestHead,
): Promise<ResumedInteraction> {
  const place = placeOf(context.issuer, request);
  const query = new URL(request.url).searchParams.get('transaction');
  return resumeInteraction(context, request, place?.kind === 'path' ? place.id : query);
}
