import { equalInConstantTime } from '@vestibule/core';
import { allowMethods, type Handler, type RequestInfo } from '@vestibule/http';
import { shownTo } from '../client/shown-client.ts';
import { standingUnderWay } from '../client/standing.ts';
import { codeFor, grantIdFor } from '../code/authorization-code.ts';
import { currentRealm, record, type ServerContext } from '../context.ts';
import { transactionPage } from '../endpoints.ts';
import type { GateError } from '../gate/gate-error.ts';
import { pageResponse, problemResponse, seeOther } from '../pages/respond.ts';
import { currentSession } from '../session/current.ts';
import { readForm } from '../transaction/form.ts';
import { refuseTransaction } from '../transaction/refuse.ts';
import { type BoundTransaction, resumeFromQuery } from '../transaction/resume.ts';
import type { Decision, Transaction } from '../transaction/transaction.ts';
import { type ConsentCase, decideConsent } from './decide.ts';
import { consentToken } from './token.ts';
import { consentView } from './view.ts';

/** Where a person sees who asks for what, and decides. Asked every time; nothing is remembered. */
export function createConsentEndpoint(context: ServerContext): Handler {
  const { issuer, realm: realmId, clients, transactions, pages, clock } = context;

  return allowMethods(['GET', 'POST'], async (request, info) => {
    const realm = await currentRealm(context);
    const form = request.method === 'POST' ? await readForm(context, request) : undefined;
    const bound = form ?? (await resumeFromQuery(context, request));
    if (!bound.ok) return refuseTransaction(context, info, realm, bound.problem);

    const { transaction } = bound;
    const known = await clients.resolve(realmId, transaction.request.clientId);
    const client = known && shownTo(request, realm, known);
    const standing = standingUnderWay(known, realm, clients, clock());
    const session = await currentSession(context, request);
    const step = decideConsent({ transaction, realm, client, standing, session });
    switch (step.kind) {
      case 'hand-back':
        return form?.ok && choiceOf(form.fields) !== step.decision.kind
          ? problemResponse(pages, realm, 'decided-otherwise')
          : handBack(transaction);
      case 'problem':
        return problemResponse(pages, realm, step.problem, {
          app: { name: known?.name, redirectUri: transaction.request.redirectUri },
        });
      case 'sign-in':
        return seeOther(transactionPage(issuer, 'signIn', transaction.id));
      case 'refuse':
        return refuse(info, transaction, step.error);
      case 'ask':
        return form?.ok ? decide(info, form, form.fields, step) : page(bound, step, false);
    }
  });

  function handBack({ id }: Transaction): Response {
    return seeOther(transactionPage(issuer, 'handBack', id));
  }

  async function page(bound: BoundTransaction, asked: ConsentCase, stale: boolean): Promise<Response> {
    const csrf = await consentToken(bound, asked);
    const view = consentView(context, bound.transaction, asked, { csrf, stale });
    return pageResponse(stale ? 409 : 200, pages.consent(view));
  }

  async function refuse(
    info: RequestInfo,
    transaction: Transaction,
    { error, description, gate }: GateError,
  ) {
    const decision: Decision = { kind: 'refused', error, description, at: clock() };
    const standing = await transactions.decide(realmId, transaction.id, decision);
    if (standing?.made) {
      const { clientId } = transaction.request;
      await record(context, info, { type: 'authorization.refused', clientId, error, gate });
    }
    return handBack(transaction);
  }

  async function decide(
    info: RequestInfo,
    bound: BoundTransaction,
    fields: URLSearchParams,
    asked: ConsentCase,
  ): Promise<Response> {
    const { transaction, browserSecret } = bound;
    const { person, authentication, client, scopes } = asked;
    const fits = equalInConstantTime(fields.get('csrf') ?? '', await consentToken(bound, asked));
    if (!fits) return page(bound, asked, true);

    const approved = choiceOf(fields) === 'approved';
    const decision: Decision = approved
      ? { kind: 'approved', subject: person.subject, scopes, at: clock(), authentication }
      : { kind: 'denied', at: clock() };
    const standing = await transactions.decide(realmId, transaction.id, decision);
    if (standing?.made) {
      const { resource } = transaction.request;
      const facts = { clientId: client.id, subject: person.subject, resource, scopes };
      const grantId = await grantIdFor(await codeFor(browserSecret, transaction.id));
      const event = approved
        ? ({ type: 'consent.approved', ...facts, grantId } as const)
        : ({ type: 'consent.denied', ...facts } as const);
      await record(context, info, event);
    }
    return standing !== undefined && standing.decision.kind !== decision.kind
      ? problemResponse(pages, asked.realm, 'decided-otherwise')
      : handBack(transaction);
  }
}

/** Whatever is not an approval is a denial: nobody is ever read as having agreed. */
const choiceOf = (fields: URLSearchParams): 'approved' | 'denied' =>
  fields.get('decision') === 'approve' ? 'approved' : 'denied';
