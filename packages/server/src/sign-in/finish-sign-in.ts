import { after, equalInConstantTime, type GenerateToken } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { type KnownClients, knownClient } from '../client/known-client.ts';
import type { Interaction } from '../authorization-request/interaction.ts';
import { isRecent } from '../person/is-recent-authentication.ts';
import type { InteractionContext } from '../interaction/resume-interaction.ts';
import type { OneTimeStore } from '../ports/one-time-store.ts';
import type { FinishedSignIn } from '../records/finished-sign-in.ts';
import { sha256 } from '../web/digest.ts';
import { PATHS } from '../web/paths.ts';
import { checkAuthenticated } from './check-authenticated.ts';
import { asksOf } from './sign-in-for-interaction.ts';
import type { AuthenticatedPerson, SignInInteraction, SignInStep } from './sign-in-method.ts';
import { type ReceivedState, readSignInState, stateHash } from './sign-in-state.ts';

/** What a sign-in that continues elsewhere is looked up and finished with. */
export interface FinishContext extends InteractionContext, KnownClients {
  readonly finishedSignIns: OneTimeStore<FinishedSignIn>;
  readonly generateToken: GenerateToken;
}

/** Why a sign-in cannot be finished. */
export type SignInObstacle =
  /** This server began no such sign-in. */
  | 'unknown'
  /** It took too long; the client has to begin again. */
  | 'expired'
  /** The person has decided: there is nothing left to sign in for. */
  | 'decided';

/** A sign-in that a page elsewhere is asked for. */
export type PendingSignIn =
  /** `interaction` is absent if the person came by themselves. */
  | { readonly outcome: 'pending'; readonly interaction?: SignInInteraction }
  | { readonly outcome: SignInObstacle };

/** The result of finishing a sign-in. */
export type FinishOutcome =
  /** Redirect the browser there at once: the address works once, for a minute, in the browser that began the sign-in. */
  | { readonly outcome: 'finished'; readonly location: string }
  /** The client wants the person to authenticate again: `authenticatedSince` says since when it counts. */
  | { readonly outcome: SignInObstacle | 'not-recent' };

/** Looks up a sign-in for the page elsewhere that has to carry it out. */
export async function findSignIn(context: FinishContext, text: string): Promise<PendingSignIn> {
  const found = await find(context, text);
  if ('outcome' in found) return found;
  const { interaction } = found;
  if (interaction === undefined) return { outcome: 'pending' };
  const client = await knownClient(context, interaction.request.clientId);
  if (client === undefined) return { outcome: 'unknown' };
  return { outcome: 'pending', interaction: asksOf(interaction, client, context.clock()) };
}

/**
 * Finishes a sign-in elsewhere. The result goes back with the browser in which the person signed in, as a ticket that works
 * once. It is not left with the sign-in: otherwise the browser that began it would be signed in, which may be that of a
 * stranger who sent a person the link.
 */
export async function finishSignIn(
  context: FinishContext,
  realm: Realm,
  text: string,
  authenticated: AuthenticatedPerson,
): Promise<FinishOutcome> {
  checkAuthenticated(authenticated);
  const { issuer, clock, finishedSignIns, generateToken } = context;
  const found = await find(context, text);
  if ('outcome' in found) return found;
  const now = clock();
  const { person, methods, at = now, profile } = authenticated;
  const authentication = { at, methods };
  const { interaction } = found;
  if (interaction !== undefined && !isRecent(authentication, interaction)) return { outcome: 'not-recent' };
  const ticket = generateToken();
  const { subject, name } = person;
  const who = { person: { subject, name }, ...(profile !== undefined && { profile }) };
  const finished = { stateHash: stateHash(text), ...who, authentication };
  const expiresAt = Math.min(after(now, realm.settings.lifetimes.code), interaction?.expiresAt ?? Infinity);
  await finishedSignIns.put(realm.id, ticketKey(ticket), finished, expiresAt);
  const query = new URLSearchParams({ state: text, ticket });
  return { outcome: 'finished', location: `${issuer}${PATHS.signInReturn}?${query.toString()}` };
}

/**
 * What a page elsewhere said of the person, for the ticket that the browser returns with. `undefined`: the ticket is unknown,
 * expired, used, or of another sign-in.
 */
export async function takeTicket(
  { finishedSignIns, clock }: Pick<FinishContext, 'finishedSignIns' | 'clock'>,
  realm: Realm,
  ticket: string,
  state: ReceivedState,
): Promise<SignInStep | undefined> {
  const finished = await finishedSignIns.take(realm.id, ticketKey(ticket), clock());
  if (finished === undefined) return undefined;
  if (!equalInConstantTime(finished.stateHash, stateHash(state.text))) return undefined;
  const { person, profile, authentication } = finished;
  const { methods, at } = authentication;
  return { kind: 'authenticated', person, methods, at, ...(profile !== undefined && { profile }) };
}

const ticketKey = (ticket: string): string => sha256(`sign-in-ticket:${ticket}`);

async function find(
  { realm, interactions, clock }: FinishContext,
  text: string,
): Promise<{ readonly interaction?: Interaction } | { readonly outcome: SignInObstacle }> {
  const state = readSignInState(text);
  if (state === undefined) return { outcome: 'unknown' };
  if (state.kind === 'visit') return {};
  const interaction = await interactions.find(realm, state.id);
  if (interaction === undefined) return { outcome: 'unknown' };
  if (interaction.expiresAt <= clock()) return { outcome: 'expired' };
  return interaction.decision === undefined ? { interaction } : { outcome: 'decided' };
}
