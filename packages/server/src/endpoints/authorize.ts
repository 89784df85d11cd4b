import { type Client, quoteClientId, standingOf } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import {
  hasMediaType,
  type PlainHandler,
  type PlainRequest,
  readText,
  type Reply,
  type RequestInfo,
  sourceOf,
} from '@vestibule/http';
import { knownClient } from '../client/known-client.ts';
import { markOf } from '../client/client-mark.ts';
import { localizedClient } from '../client/localized-client.ts';
import { obtainClient } from '../client/obtain-client.ts';
import type { ServerContext } from '../server-context.ts';
import { currentRealm } from '../context/current-realm.ts';
import { record } from '../context/record.ts';
import { currentSession } from '../person/current-session.ts';
import type { Session } from '../records/session.ts';
import { interactionPage } from '../web/place.ts';
import { pathAt, ruleUrl } from '../web/paths.ts';
import {
  pageResponse,
  problemResponse,
  seeClient,
  seeOther,
  seeRepeated,
  withRetryAfter,
} from '../pages/page-response.ts';
import { single } from '../web/parameters.ts';
import { resolvePushed } from '../authorization/resolve-pushed.ts';
import { beginInteraction } from '../interaction/begin-interaction.ts';
import type { AuthorizationRequest } from '../authorization-request/interaction.ts';
import { decideAuthorization, type ErrorAnswer } from '../authorization/decide-authorization.ts';
import { mayBeNavigation } from '../authorization/navigation.ts';
import { type CarriedResponse, carryResponse } from '../authorization/carry-response.ts';
import { authorizationUses } from '../authorization/authorization-uses.ts';

/**
 * The longest request that is accepted as a form, in characters: it is repeated as a URL, and a default nginx accepts
 * request lines of up to 8 KiB.
 */
const MAX_QUERY_LENGTH = 8_000;

/** The `client_id` of a request, unless it is missing or repeated. */
function idOf(parameters: URLSearchParams): string | undefined {
  const clientId = single(parameters, 'client_id');
  return typeof clientId === 'string' ? clientId : undefined;
}

/** The `client_id` of a request whose client is unknown, for an event. */
function claimed(parameters: URLSearchParams): { readonly claimedClientId?: string } {
  const clientId = idOf(parameters);
  return clientId === undefined ? {} : { claimedClientId: quoteClientId(clientId) };
}

/**
 * The authorization endpoint.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-3.1 RFC 6749 §3.1}
 */
export function createAuthorizationEndpoint(context: ServerContext): PlainHandler {
  const { issuer, clientRules, pages, capabilities, clock } = context;

  return async (request, info) => {
    if (request.method === 'POST') return repeatAsGet(request, await currentRealm(context));

    if (!mayBeNavigation(request.headers)) {
      await record(context, info, { type: 'authorization.refused', error: 'not-followed' });
      return problemResponse(pages, await currentRealm(context), 'not-followed');
    }

    const given = new URL(request.url).searchParams;
    const [realm, resolved, found, session] = await Promise.all([
      currentRealm(context),
      resolvePushed(context, given),
      clientNamed(given),
      currentSession(context, request),
    ]);
    if (resolved === undefined) {
      const event = { type: 'authorization.refused', error: 'request-unknown' } as const;
      await record(context, info, { ...event, ...claimed(given) });
      return problemResponse(pages, realm, 'request-unknown');
    }
    const obtained = await obtainClient(context.metadataDocuments, realm, idOf(given), found, request, info);
    if (!obtained.ok) {
      const { problem } = obtained;
      await record(context, info, { type: 'authorization.refused', error: problem, ...claimed(given) });
      return problem === 'document-refused'
        ? problemResponse(pages, realm, problem, {
            detail: obtained.detail,
            ruleUrl: ruleUrl(issuer, obtained.rule),
          })
        : withRetryAfter(problemResponse(pages, realm, problem), obtained.retryAfter);
    }
    const { client } = obtained;
    const { parameters, ...pushed } = resolved;
    const isPushed = pushed.pushedKey !== undefined;
    const standing = standingOf(client, realm, clientRules, clock());
    const decision = decideAuthorization({ parameters, realm, client, standing, capabilities, isPushed });
    switch (decision.kind) {
      case 'page': {
        const { problem, detail } = decision;
        const known = client === undefined ? claimed(parameters) : { clientId: client.id };
        await record(context, info, { type: 'authorization.refused', error: problem, ...known });
        const app = { name: client?.name, redirectUri: parameters.get('redirect_uri') ?? undefined };
        // An expired client is named, so that the person knows which app to start again.
        const clientName = problem === 'client-unknown' ? client?.name : undefined;
        return problemResponse(pages, realm, problem, {
          detail,
          app,
          ...(clientName !== undefined && { clientName }),
        });
      }
      case 'redirect':
      case 'inform': {
        await recordRefusal(info, client, decision);
        const { error, description } = decision.error;
        const shown = client && localizedClient(request, realm, client);
        const view = {
          realmName: realm.name,
          clientName: shown?.name ?? '',
          ...(shown && markOf(shown)),
          outcome: 'refused',
          destination: decision.destination,
          ...carried(decision),
          detail: `${error}: ${description}`,
        } as const;
        return decision.kind === 'redirect'
          ? seeClient(pages, { ...view, leadsOn: true })
          : pageResponse(400, pages.handBack(view));
      }
      case 'interact':
        return begin(request, info, realm, session, {
          ...decision.request,
          ...pushed,
          ...(await verifiedNow(request, info, realm, client, decision.request)),
        });
    }
  };

  /** The client of a request. One that pushed it names the same client. */
  async function clientNamed(given: URLSearchParams): ReturnType<typeof knownClient> {
    const clientId = idOf(given);
    return clientId === undefined ? undefined : knownClient(context, clientId);
  }

  function carried({ destination, error: { error, description }, ...rest }: ErrorAnswer): CarriedResponse {
    const address = { issuer, redirectUri: destination.raw, ...rest };
    return carryResponse(address, { error, error_description: description });
  }

  async function recordRefusal(
    info: RequestInfo,
    client: Client | undefined,
    { error: { error, gate } }: ErrorAnswer,
  ): Promise<void> {
    const known = client && { clientId: client.id };
    await record(context, info, { type: 'authorization.refused', error, ...known, ...(gate && { gate }) });
  }

  /** Has a registered client verified, for as long as its interaction lasts. */
  async function verifiedNow(
    { headers }: PlainRequest,
    { ip }: RequestInfo,
    realm: Realm,
    client: Client | undefined,
    { redirectUri }: AuthorizationRequest,
  ): Promise<Pick<AuthorizationRequest, 'verifyingDocument'>> {
    if (client === undefined || context.metadataDocuments === undefined) return {};
    const source = sourceOf(ip, headers.get('origin'));
    const verifications = await context.metadataDocuments.verify(realm, client, redirectUri, source);
    const verified = verifications.find((one) => one.ok);
    return verified === undefined ? {} : { verifyingDocument: verified.verifier.id };
  }

  async function begin(
    request: PlainRequest,
    info: RequestInfo,
    realm: Realm,
    session: Session | undefined,
    asked: AuthorizationRequest,
  ): Promise<Reply> {
    const uses = await authorizationUses(context, realm, request, info, session);
    const begun = await beginInteraction(context, realm, request, asked, uses);
    if (begun.outcome === 'limited') {
      const { limit } = begun;
      const whose = limit !== 'address' && { limit };
      await record(context, info, { type: 'authorization.limited', clientId: asked.clientId, ...whose });
      return withRetryAfter(
        problemResponse(pages, realm, limit === 'realm' ? 'busy' : 'too-many'),
        begun.retryAfter,
      );
    }
    const { interaction, cookies } = begun;
    const prompts = asked.interaction?.prompts ?? [];
    const isAsked = prompts.includes('login') || prompts.includes('select_account');
    const isSignInFirst = isAsked || context.signIn.asksEachTime === true;
    return seeOther(interactionPage(issuer, isSignInFirst ? 'signIn' : 'consent', interaction.id), cookies);
  }

  /**
   * RFC 6749 §3.1: a request can be sent as a form. The browser is made to repeat it as a URL, because it sends no cookies
   * with a form from another site, and cookies are needed to limit their number.
   */
  async function repeatAsGet(request: PlainRequest, realm: Realm): Promise<Reply> {
    const isForm = hasMediaType(request, 'application/x-www-form-urlencoded');
    const body = isForm ? await readText(request) : undefined;
    const query = body?.ok ? new URLSearchParams(body.text).toString() : '';
    if (!body?.ok || query.length > MAX_QUERY_LENGTH) return problemResponse(pages, realm, 'form-unreadable');
    return seeRepeated(pages, realm, `${pathAt(issuer, 'authorize')}?${query}`);
  }
}
