import { after } from '@vestibule/core';
import { markOf } from '../client/client-mark.ts';
import type { LocalizedClient } from '../client/localized-client.ts';
import type { BoundInteraction, Interaction } from '../authorization-request/interaction.ts';
import { moveInteraction } from '../interaction/move-interaction.ts';
import type { InteractionContext } from '../interaction/resume-interaction.ts';
import { isRecent } from '../person/is-recent-authentication.ts';
import { currentSession } from '../person/current-session.ts';
import { seeOther } from '../pages/page-response.ts';
import type { SignInView } from '../pages/views.ts';
import type { ClientName } from '../records/client-name.ts';
import { csrfToken } from '../web/csrf-token.ts';
import { interactionPage, pageAt, placeAt } from '../web/place.ts';
import {
  beginSignedIn,
  type OpenSignIn,
  type SignInContext,
  signInOf,
  type SignInRequest,
} from './open-sign-in.ts';
import type { SignInInteraction } from './sign-in-method.ts';
import { signInPage } from './sign-in-response.ts';

/** The token of the sign-in form of an interaction. */
export const signInToken = ({ browserSecret, interaction }: BoundInteraction): string =>
  csrfToken(browserSecret, `sign-in:${interaction.id}`);

/** A sign-in that is part of an interaction. */
export async function signInForInteraction(
  context: SignInContext & InteractionContext,
  asked: SignInRequest,
  bound: BoundInteraction,
  client: LocalizedClient,
): Promise<OpenSignIn> {
  const { issuer, pages } = context;
  const { realm, request } = asked;
  const { interaction, browserSecret } = bound;
  const { id } = interaction;
  const action = pageAt(issuer, 'signIn', placeAt(issuer, id));
  const csrf = signInToken(bound);
  const shared = signInOf(context, asked, { kind: 'interaction', id, browserSecret });

  /** A person who is already signed in can continue, unless the client asks for a new sign-in. */
  async function whoIsHere(): Promise<Pick<SignInView, 'goOn' | 'isAgain'>> {
    const session = await currentSession(context, request);
    if (session === undefined) return {};
    if (!isRecent(session.authentication, interaction)) return { isAgain: true };
    return { goOn: { name: session.person.name, href: interactionPage(issuer, 'consent', id) } };
  }

  return {
    interaction,
    cookies: [],
    again: interactionPage(issuer, 'signIn', id),
    signIn: {
      ...shared,
      interaction: asksOf(interaction, client, context.clock()),
      form: { action, fields: { transaction: id, csrf } },
    },
    form: async ({ status = 200, username, failure }) => {
      const { name, nameLanguage } = client;
      const typed = username ?? interaction.request.interaction?.loginHint;
      return signInPage(pages, status, {
        realmName: realm.name,
        clientName: name,
        ...(nameLanguage !== undefined && { clientLanguage: nameLanguage }),
        ...markOf(client),
        ...(await whoIsHere()),
        action,
        interaction: id,
        csrf,
        ...(typed !== undefined && { username: typed }),
        ...(failure !== undefined && { failure }),
      });
    },
    complete: async (authenticated) => {
      const onward = await moveInteraction(context, realm, interaction);
      const place = placeAt(issuer, onward.id);
      const signedIn = await beginSignedIn(context, asked, authenticated, place, onward.lifetime);
      return seeOther(interactionPage(issuer, 'consent', onward.id), [...onward.cookies, ...signedIn]);
    },
  };
}

/** What an interaction asks of a sign-in. */
export function asksOf(
  { request, startedAt, expiresAt }: Interaction,
  client: LocalizedClient,
  now: number,
): SignInInteraction {
  const { clientId, resource, scopes, interaction } = request;
  const { prompts = [], loginHint, languages, maxAge } = interaction ?? {};
  const { name, nameLanguage } = client;
  const named: ClientName = {
    name,
    ...(nameLanguage !== undefined && { language: nameLanguage }),
    ...markOf(client),
  };
  return {
    clientId,
    client: named,
    resource,
    scopes,
    prompts,
    ...(loginHint !== undefined && { loginHint }),
    ...(languages !== undefined && { languages }),
    ...(maxAge !== undefined && { authenticatedSince: after(startedAt, -maxAge) }),
    expiresIn: Math.max(0, Math.floor((expiresAt - now) / 1_000)),
  };
}
