import {
  type Client,
  type ExpiredClient,
  isExpired,
  isSelfRegistered,
  parseRedirectUri,
  reactivateClient,
  type ReactivationStore,
  type Standing,
} from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { restorationIn, restorationOf } from '@vestibule/core/registration';
import {
  type PlainHandler,
  type PlainRequest,
  type Reply,
  type RequestInfo,
  sourceOf,
} from '@vestibule/http';
import { type AuthorizationResponse, carryResponse } from '../authorization/carry-response.ts';
import { approvedDocument, compareIdentity } from '../client/approved-document.ts';
import { markOf } from '../client/client-mark.ts';
import type { LocalizedClient } from '../client/localized-client.ts';
import { clientUnderWay } from '../client/client-under-way.ts';
import { issueCode, noting } from '../grant/issue-code.ts';
import type { ServerContext } from '../server-context.ts';
import { currentRealm } from '../context/current-realm.ts';
import { commitRecorded } from '../context/commit-recorded.ts';
import { eventOf, record } from '../context/record.ts';
import { APPROVED_BEFORE_CHANGE, PERSON_NOT_ALLOWED } from '../errors/authorization-error.ts';
import { pageAt, placeAt, interactionPage } from '../web/place.ts';
import { sha256 } from '../web/digest.ts';
import { pageResponse, problemResponse, seeOther, withRetryAfter } from '../pages/page-response.ts';
import type { AuthorizationResponseView } from '../pages/views.ts';
import { refuseInteraction } from '../interaction/refuse-interaction.ts';
import { resumeFromAddress } from '../interaction/resume-interaction.ts';
import { type ApprovedTrip, continueTrip } from './provider-trip.ts';
import type { BoundInteraction } from '../authorization-request/interaction.ts';
import type { Decision } from '../authorization-request/interaction.ts';

/**
 * The authorization response page, which leads the browser back to the client. It is not a redirect, because browsers apply
 * the `form-action` of a page to every redirect after its form.
 *
 * @see {@link https://www.w3.org/TR/CSP3/#directive-form-action CSP 3, form-action}
 */
export function createAuthorizationResponseEndpoint(context: ServerContext): PlainHandler {
  const { issuer, pages } = context;

  return async (request, info) => {
    const [realm, bound] = await Promise.all([currentRealm(context), resumeFromAddress(context, request)]);
    if (!bound.ok) return refuseInteraction(context, info, realm, bound.problem);
    const { decision, id, request: asked } = bound.interaction;
    if (decision === undefined) return seeOther(interactionPage(issuer, 'consent', id));
    const underWay = await clientUnderWay(context, realm, request, asked);
    if (!underWay.ok) return problemResponse(pages, realm, underWay.problem, { app: underWay.app });
    const { known, client, standing } = underWay;
    const counted = countedDecision(decision, known);
    if (counted !== decision) {
      const { error } = APPROVED_BEFORE_CHANGE;
      await record(context, info, { type: 'authorization.refused', clientId: known.id, error });
    }

    if (counted.kind === 'approved' && isExpired(known)) {
      const obstacle = await restore(context, info, realm, known, counted);
      if (obstacle !== undefined) return obstacle;
    }
    const ready = await issuedByProvider(context, request, counted, { realm, info, bound, client });
    if ('status' in ready) return ready;
    const response =
      ready.kind === 'approved'
        ? { code: await codeOf(context, info, realm, bound, { approval: ready, known, standing }) }
        : refusalOf(ready);
    return pageResponse(
      200,
      pages.handBack(authorizationResponseView(context, realm, client, bound, ready, response)),
    );
  };
}

/** The decision as it counts now. An approval does not count for a client that has become another one: its code is refused as well. */
const countedDecision = (decision: Decision, known: Client | ExpiredClient): Decision =>
  decision.kind === 'approved' && compareIdentity(approvedDocument(known), decision.displayed) === 'other'
    ? { kind: 'refused', at: decision.at, ...APPROVED_BEFORE_CHANGE }
    : decision;

type Approval = Decision & { readonly kind: 'approved' };

/**
 * An approval whose tokens come from the provider, once they were obtained: its code counts from then on, and is refreshable only if
 * the provider's tokens are. Until then, the page that leads to the provider. Any other decision stays as it is.
 */
async function issuedByProvider(
  context: ServerContext,
  request: PlainRequest,
  decision: Decision,
  trip: Omit<ApprovedTrip, 'approval' | 'providerTokens'>,
): Promise<Decision | Reply> {
  const { providerTokens } = context;
  if (decision.kind !== 'approved' || decision.issuedBy !== 'provider') return decision;
  if (providerTokens === undefined) throw new Error('The provider that issues these tokens is not here.');
  const wantsOtherPerson = new URL(request.url).searchParams.has('switch');
  const step = await continueTrip(context, { ...trip, approval: decision, providerTokens }, wantsOtherPerson);
  switch (step.kind) {
    case 'page':
      return step.page;
    case 'ended':
      return { kind: 'refused', at: decision.at, ...NOT_ISSUED };
    case 'not-allowed': {
      const { error, description, rule } = PERSON_NOT_ALLOWED;
      const { clientId } = trip.bound.interaction.request;
      const { subject } = decision;
      await record(context, trip.info, { type: 'authorization.refused', error, rule, clientId, subject });
      return { kind: 'refused', at: decision.at, error, description };
    }
    case 'obtained': {
      const { obtainedAt: at, refreshToken } = step.tokens;
      return { ...decision, at, refreshable: decision.refreshable && refreshToken !== undefined };
    }
  }
}

const NOT_ISSUED = { error: 'access_denied', description: 'the provider did not issue a token' };

/** The error that tells the client why it gets no code. */
function refusalOf(decision: Exclude<Decision, Approval>): AuthorizationResponse {
  return decision.kind === 'denied'
    ? { error: 'access_denied', error_description: 'the person did not agree' }
    : { error: decision.error, error_description: decision.description };
}

/**
 * The code of an approval. If it was not stored with the decision, it is stored here, together with the use of its client.
 * Reloading the page returns the same code and changes nothing. A person's approval reactivates a hibernated client before it
 * gets the code, because no person is present at the token endpoint.
 */
async function codeOf(
  context: ServerContext,
  info: RequestInfo,
  realm: Realm,
  bound: BoundInteraction,
  { approval, known, standing }: Approved,
): Promise<string> {
  const { commit, clock } = context;
  const { code, insertion } = issueCode(realm, bound, approval);
  if (approval.isCodeStored === true && standing.kind === 'good') return code;
  const at = clock();
  if (isExpired(known)) {
    await commit([insertion]);
  } else if (standing.kind === 'asleep') {
    await reactivate(context, info, known, standing, approval);
    await commit([insertion]);
  } else {
    await commit([insertion, ...noting(realm, known, at)]);
  }
  return code;
}

interface Approved {
  readonly approval: Approval;
  readonly known: Client | ExpiredClient;
  readonly standing: Standing;
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
): Promise<Reply | undefined> {
  const { clientRules, pages, clock } = context;
  const { vendors = [] } = clientRules;
  const options = { vendors, hash: sha256 };
  const changes = restorationOf(options, realm, sourceOf(info.ip), expired, clock());
  const { id: clientId, name: clientName, redirectUris, expiredAt } = expired;
  const facts = { clientId, clientName, redirectUris, subject, expiredAt };
  const event = eventOf(context, info, { type: 'client.restored', ...facts });
  const restored = restorationIn(realm, await commitRecorded(context, changes, [event]));
  switch (restored.outcome) {
    case 'restored':
    case 'there':
      return undefined;
    case 'limited': {
      await record(context, info, { type: 'authorization.limited', clientId });
      return withRetryAfter(problemResponse(pages, realm, 'too-many'), restored.retryAfter);
    }
    case 'missing':
      return problemResponse(pages, realm, 'client-unknown', { app: { name: clientName }, clientName });
  }
}

/** Reactivates a hibernated client that a person approved, and records it. */
async function reactivate(
  context: ServerContext,
  info: RequestInfo,
  client: Client,
  { since: asleepSince }: Standing & { readonly kind: 'asleep' },
  { subject }: Approval,
): Promise<void> {
  const { clientStore, commit, clock } = context;
  const facts = { type: 'client.revived', clientId: client.id, subject, asleepSince } as const;
  const store: ReactivationStore = {
    find: (realm, id) => clientStore.find(realm, id),
    replace: async (next, expectedVersion) => {
      const change = { kind: 'client.replace', client: next, expectedVersion } as const;
      const replaced = await commitRecorded(context, [change], [eventOf(context, info, facts)]);
      return replaced.committed ? 'replaced' : replaced.unmet.reason;
    },
    touch: async (realm, id, at) => {
      await commit([{ kind: 'client.use', realm, id, at }]);
      return 'touched';
    },
  };
  await reactivateClient(store, client, clock());
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
