import { allowMethods, type Endpoint, type RequestInfo } from '@vestibule/http';
import { codeFor, grantIdFor } from '../code/authorization-code.ts';
import { currentRealm, record, type ServerContext } from '../context.ts';
import { equalInConstantTime } from '../crypto/digest.ts';
import { transactionPage } from '../endpoints.ts';
import { pageResponse, problemResponse, seeOther } from '../pages/respond.ts';
import { currentSession } from '../session/current.ts';
import type { Person } from '../session/session.ts';
import { readForm } from '../transaction/form.ts';
import { type BoundTransaction, csrfToken, resumeFromQuery } from '../transaction/resume.ts';
import type { Decision } from '../transaction/transaction.ts';
import { type ConsentCase, decideConsent } from './decide.ts';
import { consentView } from './view.ts';

/** Where a person sees who asks for what, and decides. Asked every time; nothing is remembered. */
export function createConsentEndpoint(context: ServerContext): Endpoint {
  const { issuer, realm: realmId, clients, transactions, pages, clock } = context;

  return allowMethods(['GET', 'POST'], async (request, info) => {
    const realm = await currentRealm(context);
    const form = request.method === 'POST' ? await readForm(context, request) : undefined;
    const bound = form ?? (await resumeFromQuery(context, request));
    if (!bound.ok) return problemResponse(pages, realm, bound.problem);

    const { transaction } = bound;
    const client = await clients.resolve(realmId, transaction.request.clientId);
    const session = await currentSession(context, request);
    const step = decideConsent({ transaction, realm, client, person: session?.person });
    switch (step.kind) {
      case 'hand-back':
        return seeOther(transactionPage(issuer, 'handBack', transaction.id));
      case 'problem':
        return problemResponse(pages, realm, step.problem);
      case 'sign-in':
        return seeOther(transactionPage(issuer, 'signIn', transaction.id));
      case 'refuse': {
        const { error, description, gate } = step.error;
        const { clientId } = transaction.request;
        await record(context, info, {
          type: 'authorization.refused',
          clientId,
          error,
          ...(gate && { gate }),
        });
        await transactions.decide(realmId, transaction.id, {
          kind: 'refused',
          error,
          description,
          at: clock(),
        });
        return seeOther(transactionPage(issuer, 'handBack', transaction.id));
      }
      case 'ask':
        return form?.ok ? decide(info, form, form.fields, step) : page(bound, step, false);
    }
  });

  async function page(bound: BoundTransaction, asked: ConsentCase, stale: boolean): Promise<Response> {
    const csrf = await tokenFor(bound, asked.person);
    return pageResponse(
      stale ? 409 : 200,
      pages.consent(consentView(context, bound.transaction, asked, { csrf, stale })),
    );
  }

  async function decide(
    info: RequestInfo,
    bound: BoundTransaction,
    fields: URLSearchParams,
    asked: ConsentCase,
  ): Promise<Response> {
    const { transaction, browserSecret } = bound;
    const { person, client, scopes } = asked;
    if (!equalInConstantTime(fields.get('csrf') ?? '', await tokenFor(bound, person)))
      return page(bound, asked, true);

    // Whatever is not an approval is a denial: nobody is ever read as having agreed.
    const approved = fields.get('decision') === 'approve';
    const decision: Decision = approved
      ? { kind: 'approved', subject: person.subject, scopes, at: clock() }
      : { kind: 'denied', at: clock() };
    const standing = await transactions.decide(realmId, transaction.id, decision);
    if (standing?.made) {
      const { resource } = transaction.request;
      const facts = { clientId: client.id, subject: person.subject, resource, scopes };
      const grantId = await grantIdFor(await codeFor(browserSecret, transaction.id));
      await record(
        context,
        info,
        approved ? { type: 'consent.approved', ...facts, grantId } : { type: 'consent.denied', ...facts },
      );
    }
    return seeOther(transactionPage(issuer, 'handBack', transaction.id));
  }
}

/** The person is part of it: a page that was shown to one is not taken from another. */
const tokenFor = ({ browserSecret, transaction }: BoundTransaction, { subject }: Person): Promise<string> =>
  csrfToken(browserSecret, `consent:${transaction.id}:${subject}`);
