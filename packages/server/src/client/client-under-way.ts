import type { RequestHead } from '@vestibule/http';
import {
  type Client,
  type Clock,
  type ExpiredClient,
  type RegistrationVerifier,
  type Standing,
  standingDuringInteraction,
} from '@vestibule/core';
import type { ClientRules } from '@vestibule/core/policy';
import type { Realm } from '@vestibule/core/realm';
import type { AuthorizationRequest } from '../authorization-request/interaction.ts';
import type { PageProblem, ProblemView } from '../pages/views.ts';
import { isRegistered } from './is-registered.ts';
import { type KnownClients, knownClient } from './known-client.ts';
import { type LocalizedClient, localizedClient } from './localized-client.ts';
import { problemOf } from './standing-problem.ts';

/** The client of an interaction at this moment, or the reason why the interaction cannot continue. */
export type ClientUnderWay =
  | {
      readonly ok: true;
      /** As it is stored; without registration if it expired unused. */
      readonly known: Client | ExpiredClient;
      /** As this person sees it. */
      readonly client: LocalizedClient;
      readonly standing: Standing;
    }
  | {
      readonly ok: false;
      readonly problem: PageProblem;
      /** For the page that displays the problem. */
      readonly app: NonNullable<ProblemView['app']>;
    };

/** What the client of an interaction is found and checked with. */
export interface ClientContext extends KnownClients {
  readonly clientRules: ClientRules;
  readonly clock: Clock;
  readonly metadataDocuments?: RegistrationVerifier | undefined;
}

/**
 * Finds the client of an interaction and checks it as it is now, not as it was when the interaction began. Every page of an
 * interaction asks this, so that no page continues with a client that another page refuses.
 */
export async function clientUnderWay(
  context: ClientContext,
  realm: Realm,
  request: RequestHead,
  { clientId, redirectUri, interaction, verifyingDocument }: AuthorizationRequest,
): Promise<ClientUnderWay> {
  const known = await knownClient(context, clientId);
  if (known === undefined) return { ok: false, problem: 'client-unknown', app: { redirectUri } };
  const standing = standingDuringInteraction(known, realm, context.clientRules, context.clock());
  const problem =
    problemOf(standing) ?? (isRegistered(known, redirectUri) ? undefined : 'redirect-uri-unregistered');
  if (problem !== undefined) return { ok: false, problem, app: { name: known.name, redirectUri } };
  const client = localizedClient(request, realm, known, interaction?.languages);
  // A document that did not verify the client when the interaction began does not count: the person must not see another page.
  const verifier =
    verifyingDocument === undefined
      ? undefined
      : await context.metadataDocuments?.verifierOf(realm, known, redirectUri, verifyingDocument);
  return { ok: true, known, client: verifier === undefined ? client : { ...client, verifier }, standing };
}
