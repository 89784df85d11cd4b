import { isSealed, type SealedClient, type Seconds } from '@vestibule/core';
import type { AuditFacts } from '@vestibule/core/audit';
import type { Realm } from '@vestibule/core/realm';
import { storableAfter } from '@vestibule/core/registration';
import type { PlainHandler, PlainRequest, Reply, RequestInfo } from '@vestibule/http';
import { clientUnderWay } from '../client/client-under-way.ts';
import { storedEvent, storingSealed } from '../client/store-sealed-client.ts';
import { type CodeIssue, grantFor, issueAtOnce, noting } from '../grant/issue-code.ts';
import type { ServerContext } from '../server-context.ts';
import { currentRealm } from '../context/current-realm.ts';
import { commitRecorded } from '../context/commit-recorded.ts';
import { eventOf, record } from '../context/record.ts';
import { interactionPage } from '../web/place.ts';
import { countsFrom } from '../web/timed-token.ts';
import { pushedSpending } from '../interaction/pushed-spending.ts';
import { pageResponse, problemResponse, seeOther, withRetryAfter } from '../pages/page-response.ts';
import { currentSession } from '../person/current-session.ts';
import { decideRefused } from '../interaction/decide-refused.ts';
import { type PostedForm, readForm } from '../interaction/posted-form.ts';
import { refuseInteraction } from '../interaction/refuse-interaction.ts';
import { resumeFromAddress } from '../interaction/resume-interaction.ts';
import type { Grant } from '../records/grant.ts';
import type { Session } from '../records/session.ts';
import type { BoundInteraction } from '../authorization-request/interaction.ts';
import type { Decision, Interaction } from '../authorization-request/interaction.ts';
import { isApproval, isSameAnswer, readChoice } from '../consent/consent-choice.ts';
import {
  type ConsentCase,
  type DecidingSession,
  decideConsent,
  type NotAllowedCase,
  type RememberedCase,
} from '../consent/decide-consent.ts';
import { type ConsentForm, consentToken, judgeConsentToken } from '../consent/consent-token.ts';
import { consentContents, displayedClient, isRefreshable } from '../consent/consent-view.ts';
import { isOfNotAllowedPage, notAllowedView } from '../consent/not-allowed-view.ts';
import { PERSON_NOT_ALLOWED } from '../errors/authorization-error.ts';
import { membershipsFor } from '../person/memberships-for.ts';

/**
 * Why the page is displayed, with its status: for the first time, because the posted form is outdated, because no scope was
 * selected, or because it was approved too soon. Programs that submit forms continue only after a 200.
 */
const STATUS = { first: 200, stale: 409, 'nothing-ticked': 400, 'too-soon': 200 } as const;

/**
 * The page where a person sees which client requests what, and decides. They are asked every time, unless consent for a
 * pre-registered client is remembered.
 */
export function createConsentEndpoint(context: ServerContext): PlainHandler {
  const { issuer, realm: realmId, interactions, grants, pages, clock, clientRules } = context;

  return async (request, info) => {
    const [realm, session, bound] = await Promise.all([
      currentRealm(context),
      currentSession(context, request),
      request.method === 'POST' ? readForm(context, request) : resumeFromAddress(context, request),
    ]);
    if (!bound.ok) return refuseInteraction(context, info, realm, bound.problem);
    return respond({ request, info, realm, session }, bound, bound.fields && bound);
  };

  async function respond(
    visit: Visit,
    bound: BoundInteraction,
    form: AcceptedForm | undefined,
  ): Promise<Reply> {
    const { request, info, realm, session } = visit;
    const { interaction } = bound;
    const { clientId, resource } = interaction.request;
    const subject = session?.person.subject;
    const [underWay, given, memberships] = await Promise.all([
      clientUnderWay(context, realm, request, interaction.request),
      subject === undefined ? [] : grants.listOf(realmId, subject, clock(), clientId),
      subject === undefined ? undefined : membershipsFor(context, realm, resource, subject),
    ]);
    // What was approved in another tab a moment ago, and not exchanged, is not held yet.
    const held = given.filter(({ isUnopened }) => isUnopened !== true);
    const isAnswered = form !== undefined;
    const { providerTokens } = context;
    const step = decideConsent({
      interaction,
      realm,
      underWay,
      session,
      memberships,
      grants: held,
      isAnswered,
      clientRules,
      isIssuedByProvider: providerTokens?.isFor(interaction.request.resource) === true,
    });
    switch (step.kind) {
      case 'hand-back':
        return form !== undefined && !isSameAnswer(form.fields, step.decision)
          ? problemResponse(pages, realm, 'decided-otherwise')
          : handBack(interaction);
      case 'problem':
        return problemResponse(pages, realm, step.problem, { app: step.app });
      case 'sign-in':
        return seeOther(interactionPage(issuer, 'signIn', interaction.id));
      case 'refuse':
        return decideRefused(context, info, interaction, step.error);
      case 'not-allowed':
        return refusePerson(visit, bound, form, step);
      case 'remembered':
        return remember(visit, bound, step);
      case 'ask':
        return form === undefined
          ? page(consentForm(bound, step), realm, 'first')
          : decide(visit, form, step);
    }
  }

  /** Another interaction of the same pushed request was decided first. */
  async function refuseSpent(info: RequestInfo, realm: Realm, { request }: Interaction): Promise<Reply> {
    const { clientId } = request;
    await record(context, info, { type: 'authorization.refused', error: 'request-unknown', clientId });
    return problemResponse(pages, realm, 'request-unknown');
  }

  function handBack({ id }: Interaction): Reply {
    return seeOther(interactionPage(issuer, 'handBack', id));
  }

  function consentForm({ browserSecret, interaction }: BoundInteraction, asked: ConsentCase): ConsentForm {
    const { document } = asked;
    const contents = consentContents(context, interaction, asked);
    return { browserSecret, contents, ...(document !== undefined && { document }) };
  }

  function page(form: ConsentForm, { settings }: Realm, why: keyof typeof STATUS): Reply {
    const now = clock();
    const readingTime = settings.consent.minimumReadingTime;
    const isRead = why === 'nothing-ticked' || why === 'too-soon';
    const csrf = consentToken(form, countsFrom(now, readingTime, isRead));
    const view = {
      ...form.contents,
      csrf,
      readingTime,
      now,
      stale: why === 'stale',
      nothingTicked: why === 'nothing-ticked',
      tooSoon: why === 'too-soon',
    };
    return pageResponse(STATUS[why], pages.consent(view));
  }

  /**
   * Commits a decision, together with what it grants, its code, the client if it is not stored yet, the consumption of its pushed
   * request and its events.
   */
  async function commitDecision(
    { info, realm }: Visit,
    interaction: Interaction,
    { decision, grant, issue = [], events, session, stored }: Deciding,
  ): Promise<Decided> {
    const { clientId } = interaction.request;
    const { id } = interaction;
    const { hash, person } = session;
    const outcome = await commitRecorded(
      context,
      [
        { kind: 'session.require', realm: realmId, hash, subject: person.subject },
        ...pushedSpending(context, realm, interaction),
        { kind: 'interaction.decide', realm: realmId, id, decision, ...(grant && { grant }) },
        ...(stored === undefined ? [] : storingSealed(context, info, realm, stored)),
        ...issue,
      ],
      events.map((event) => eventOf(context, info, event)),
    );
    if (outcome.committed) return { decision };
    const { unmet } = outcome;
    switch (unmet.kind) {
      case 'session.require':
        return { page: await refuseSignedOut(info, realm, clientId) };
      case 'pushed-request.insert': {
        // Either another interaction consumed it, or this one was decided before.
        const standing = (await interactions.find(realmId, id))?.decision;
        return standing === undefined
          ? { page: await refuseSpent(info, realm, interaction) }
          : { decision: standing };
      }
      case 'interaction.decide':
        return { decision: unmet.reason === 'decided' ? unmet.decision : undefined };
      case 'code.insert':
        throw new Error('A code has a key that was derived for it.');
      case 'replay.note':
        return { isStale: true };
      case 'client.insert':
      case 'quota.reserve': {
        const retryAfter = storableAfter(realm, unmet);
        return retryAfter === undefined
          ? { isStale: true }
          : { page: await refuseLimited(info, realm, clientId, retryAfter) };
      }
    }
  }

  /** No more clients can be stored for now. Nothing is decided, so the person can try again. */
  async function refuseLimited(
    info: RequestInfo,
    realm: Realm,
    clientId: string,
    retryAfter: Seconds,
  ): Promise<Reply> {
    await record(context, info, { type: 'authorization.limited', clientId });
    return withRetryAfter(problemResponse(pages, realm, 'too-many'), retryAfter);
  }

  /** The person was signed out while they decided. */
  async function refuseSignedOut(info: RequestInfo, realm: Realm, clientId: string): Promise<Reply> {
    await record(context, info, { type: 'authorization.refused', error: 'login_required', clientId });
    return problemResponse(pages, realm, 'sign-in-unknown');
  }

  /** Displays why the person cannot decide, or goes back to the client if they choose that. Nothing else is decided. */
  async function refusePerson(
    { info, realm, ...visit }: Visit,
    bound: BoundInteraction,
    form: AcceptedForm | undefined,
    asked: NotAllowedCase,
  ): Promise<Reply> {
    const { interaction } = bound;
    const { client, session } = asked;
    const { subject } = session.person;
    const { clientId, resource, scopes } = interaction.request;
    const now = clock();
    const token = form?.fields.get('csrf') ?? null;
    const goesBack =
      form !== undefined &&
      !isApproval(form.fields) &&
      isOfNotAllowedPage(issuer, realm.name, bound, asked, token, now);
    if (!goesBack) {
      const { error, rule } = PERSON_NOT_ALLOWED;
      await record(context, info, { type: 'authorization.refused', error, rule, clientId, subject });
      return pageResponse(403, pages.notAllowed(notAllowedView(issuer, realm.name, bound, asked, now)));
    }
    const decided = await commitDecision({ info, realm, ...visit }, interaction, {
      decision: { kind: 'denied', at: now },
      events: [{ type: 'consent.denied', clientId: client.id, subject, resource, scopes }],
      session,
    });
    return decided.page ?? afterDecision(realm, interaction, form.fields, decided.decision);
  }

  /** Leads on, unless another tab decided otherwise at this moment. */
  function afterDecision(
    realm: Realm,
    interaction: Interaction,
    fields: AcceptedForm['fields'],
    decision: Decision | undefined,
  ): Reply {
    return decision !== undefined && !isSameAnswer(fields, decision)
      ? problemResponse(pages, realm, 'decided-otherwise')
      : handBack(interaction);
  }

  async function remember(
    visit: Visit,
    bound: BoundInteraction,
    { client, scopes, endsAt, displayed, session, ready, bound: method }: RememberedCase,
  ): Promise<Reply> {
    const { interaction } = bound;
    const { authentication, person } = session;
    const { subject } = person;
    const before = { ...(endsAt !== undefined && { endsAt }), ...(displayed !== undefined && { displayed }) };
    const refreshable = isRefreshable(client);
    const approval = { kind: 'approved', subject, scopes, at: clock(), authentication, refreshable } as const;
    const decision = { ...approval, ...before, ...(ready && CODE_STORED) };
    const grant = grantFor(visit.realm, bound, decision, method);
    const { clientId, resource, id: grantId } = grant;
    const event = { type: 'consent.remembered', clientId, subject, resource, scopes, grantId } as const;
    const { page: obstacle } = await commitDecision(visit, interaction, {
      decision,
      grant,
      issue: ready && issueAtOnce(visit.realm, bound, decision, ready),
      events: [event],
      session,
    });
    return obstacle ?? handBack(interaction);
  }

  async function decide(visit: Visit, form: AcceptedForm, asked: ConsentCase): Promise<Reply> {
    const { fields, ...bound } = form;
    const { interaction } = bound;
    const { session, known, client, ready, bound: method } = asked;
    const { person, authentication } = session;
    const { info, realm } = visit;
    const at = clock();
    const shown = consentForm(bound, asked);
    const verdict = judgeConsentToken(shown, fields.get('csrf'), at);
    if (verdict === 'stale') return page(shown, realm, 'stale');

    const choice = readChoice(fields, asked, at);
    if (choice.kind === 'not-offered') return problemResponse(pages, realm, 'form-unreadable');
    // A denial gives no access, however soon it comes.
    if (verdict === 'too-soon' && choice.kind !== 'denied') {
      const facts = { page: 'consent', subject: person.subject, clientId: client.id } as const;
      await record(context, info, { type: 'answer.too-soon', ...facts });
      return page(shown, realm, 'too-soon');
    }
    if (choice.kind === 'nothing-ticked') return page(shown, realm, 'nothing-ticked');
    const decision: Decision =
      choice.kind === 'approved'
        ? {
            ...choice,
            subject: person.subject,
            at,
            authentication,
            refreshable: isRefreshable(client),
            displayed: displayedClient(shown),
            ...(ready && CODE_STORED),
            ...(context.providerTokens?.isFor(interaction.request.resource) === true && ISSUED_BY_PROVIDER),
          }
        : { kind: 'denied', at };
    const { subject } = person;
    const { resource, scopes: requested } = interaction.request;
    const facts = { clientId: client.id, subject, resource };
    const grant = decision.kind === 'approved' ? grantFor(realm, bound, decision, method) : undefined;
    const event =
      grant === undefined
        ? ({ type: 'consent.denied', ...facts, scopes: requested } as const)
        : ({
            type: 'consent.approved',
            ...facts,
            clientName: client.name,
            scopes: grant.scopes,
            grantId: grant.id,
            ...(shown.document && { fingerprint: shown.document.fingerprint }),
          } as const);
    const stored = grant !== undefined && isSealed(known) ? known : undefined;
    const decided = await commitDecision(visit, interaction, {
      decision,
      ...(grant && { grant }),
      ...(stored && { stored }),
      issue: [
        ...(decision.kind === 'approved' && ready ? issueAtOnce(realm, bound, decision, ready) : []),
        ...(grant !== undefined && client.verifier ? noting(realm, client.verifier, at) : []),
      ],
      events: [...(stored === undefined ? [] : [storedEvent(stored, subject)]), event],
      session,
    });
    // The client was stored or deleted at this moment, so it is looked for again. From now on only the store decides about it.
    if (decided.isStale === true) return respond(visit, bound, form);
    return decided.page ?? afterDecision(realm, interaction, fields, decided.decision);
  }
}

/** In an approval whose code is stored with it. */
const CODE_STORED = { isCodeStored: true } as const;

/** In an approval whose tokens come from a provider. */
const ISSUED_BY_PROVIDER = { issuedBy: 'provider' } as const;

/** A request of a person, with what was read for it. */
interface Visit {
  readonly request: PlainRequest;
  readonly info: RequestInfo;
  readonly realm: Realm;
  /** Absent if no person is signed in in this browser. */
  readonly session: Session | undefined;
}

type AcceptedForm = PostedForm & { readonly ok: true };

/** What is decided, and what is recorded about it. */
interface Deciding {
  readonly decision: Decision;
  readonly grant?: Grant;
  /** Stores its code, and notes uses. @default none: it is stored later, if there is one */
  readonly issue?: readonly CodeIssue[] | undefined;
  /** The client, if it is stored with the decision. */
  readonly stored?: SealedClient;
  readonly events: readonly AuditFacts[];
  /** Of the person, who has to be signed in still: an operator may remove them at this moment. */
  readonly session: DecidingSession;
}

/** The decision that stands (absent if the interaction has expired), or the page that says why there is none. */
type Decided =
  | { readonly decision: Decision | undefined; readonly page?: never; readonly isStale?: never }
  | { readonly page: Reply; readonly isStale?: never }
  /** The client is stored already, or was. Nothing is decided. */
  | { readonly isStale: true; readonly page?: never; readonly decision?: never };
