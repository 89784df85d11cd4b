import {
  type Client,
  type ExpiredClient,
  isExpired,
  isSelfRegistered,
  isWorthNoting,
  noteUse,
  parseRedirectUri,
  reactivateClient,
  type Standing,
} from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { restoreClient } from '@vestibule/core/registration';
import { allowMethods, type Handler, type RequestInfo, sourceOf } from '@vestibule/http';
import { type AuthorizationResponse, carryResponse } from '../authorization/carry-response.ts';
import { markOf } from '../client/client-mark.ts';
import type { LocalizedClient } from '../client/localized-client.ts';
import { clientUnderWay } from '../client/client-under-way.ts';
import { issueCode } from '../grant/issue-code.ts';
import type { ServerContext } from '../server-context.ts';
import { currentRealm } from '../context/current-realm.ts';
import { record } from '../context/record.ts';
import { pageAt, placeAt, interactionPage } from '../web/place.ts';
import { sha256 } from '../web/digest.ts';
import { pageResponse, problemResponse, seeOther } from '../pages/page-response.ts';
import type { AuthorizationResponseView } from '../pages/views.ts';
import { refuseInteraction } from '../interaction/refuse-interaction.ts';
import { resumeFromAddress } from '../interaction/resume-interaction.ts';
import type { BoundInteraction } from '../authorization-request/interaction.ts';
import type { Decision } from '../authorization-request/interaction.ts';

/**
 * The authorization response page, which leads the browser back to the client. It is not a redirect, because browsers apply
 * the `form-action` of a page to every redirect after its form.
 *
 * @see {@link https://www.w3.org/TR/CSP3/#directive-form-action CSP 3, form-action}
 */
export function createAuthorizationResponseEndpoint(context: ServerContext): Handler {
  const { issuer, pages } = context;

  return allowMethods(['GET'], async (request, info) => {
    const realm = await currentRealm(context);
    const bound = await resumeFromAddress(context, request);
    if (!bound.ok) return refuseInteraction(context, info, realm, bound.problem);
    const { decision, id, request: asked } = bound.interaction;
    if (decision === undefined) return seeOther(interactionPage(issuer, 'consent', id));
    const underWay = await clientUnderWay(context, realm, request, asked);
    if (!underWay.ok) return problemResponse(pages, realm, underWay.problem, { app: underWay.app });
    const { known, client, standing } = underWay;

    if (decision.kind === 'approved' && isExpired(known)) {
      const obstacle = await restore(context, info, realm, known, decision);
      if (obstacle !== undefined) return obstacle;
    }
    const response = await responseTo(context, realm, bound, decision);
    if (decision.kind === 'approved' && !isExpired(known)) {
      await recordApproval(context, info, realm, known, standing, decision);
    }
    return pageResponse(
      200,
      pages.handBack(authorizationResponseView(context, realm, client, bound, decision, response)),
    );
  });
}

async function responseTo(
  context: ServerContext,
  realm: Realm,
  bound: BoundInteraction,
  decision: Decision,
): Promise<AuthorizationResponse> {
  switch (decision.kind) {
    case 'approved':
      return { code: await issueCode(context, realm, bound, decision) };
    case 'denied':
      return { error: 'access_denied', error_description: 'the person did not agree' };
    case 'refused':
      return { error: decision.error, error_description: decision.description };
  }
}

/**
 * Restores an expired client that a person approved, before it gets its code, because no person is present at the token
 * endpoint. Returns the page to display if it cannot be restored.
 */
async function restore(
  context: ServerContext,
  info: RequestInfo,
  realm: Realm,
  expired: ExpiredClient,
  { subject }: Decision & { readonly kind: 'approved' },
): Promise<Response | undefined> {
  const { clientStore: clients, clientRules, limiter, pages, clock } = context;
  const { vendors = [] } = clientRules;
  const options = { clients, vendors, limiter, hash: sha256 };
  const restored = await restoreClient(options, realm, sourceOf(info.ip), expired, clock());
  const { id: clientId, name: clientName, redirectUris, expiredAt } = expired;
  switch (restored.outcome) {
    case 'restored': {
      const facts = { clientId, clientName, redirectUris, subject, expiredAt };
      await record(context, info, { type: 'client.restored', ...facts });
      return undefined;
    }
    case 'there':
      return undefined;
    case 'limited': {
      await record(context, info, { type: 'authorization.limited', clientId });
      const response = problemResponse(pages, realm, 'too-many');
      response.headers.set('retry-after', String(restored.retryAfter));
      return response;
    }
    case 'missing':
      return problemResponse(pages, realm, 'client-unknown', { app: { name: clientName }, clientName });
  }
}

/**
 * Records the use of the client. A person's approval reactivates a hibernated one before it gets the code, because no person
 * is present at the token endpoint.
 */
async function recordApproval(
  context: ServerContext,
  info: RequestInfo,
  realm: Realm,
  client: Client,
  standing: Standing,
  { subject }: Decision & { readonly kind: 'approved' },
): Promise<void> {
  const { clientStore, clock } = context;
  const now = clock();
  if (standing.kind === 'asleep') {
    if ((await reactivateClient(clientStore, client, now)) !== 'reactivated') return;
    const { since: asleepSince } = standing;
    await record(context, info, { type: 'client.revived', clientId: client.id, subject, asleepSince });
  } else if (isWorthNoting(client, realm.settings.lifecycle, now)) {
    await noteUse(clientStore, client, now);
  }
}

function authorizationResponseView(
  { issuer }: ServerContext,
  realm: Realm,
  client: LocalizedClient,
  { interaction: { id, request } }: BoundInteraction,
  decision: Decision,
  response: AuthorizationResponse,
): AuthorizationResponseView {
  const destination = parseRedirectUri(request.redirectUri);
  if (!destination.ok) throw new Error('An interaction holds a redirect URI that cannot be registered.');
  return {
    realmName: realm.name,
    clientName: client.name,
    ...(client.nameLanguage !== undefined && { clientLanguage: client.nameLanguage }),
    ...markOf(client),
    outcome: decision.kind,
    destination: destination.uri,
    ...carryResponse({ issuer, ...request }, response),
    ...(!isSelfRegistered(client) && { leadsOn: true }),
    ...(decision.kind === 'approved' && { connectedApps: pageAt(issuer, 'apps', placeAt(issuer, id)) }),
    ...(decision.kind === 'refused' && { detail: `${decision.error}: ${decision.description}` }),
  };
}
