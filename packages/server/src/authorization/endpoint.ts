import { allowMethods, type Endpoint, hasMediaType, readText } from '@vestibule/http';
import { type ServerContext, currentRealm, record } from '../context.ts';
import { transactionPage } from '../endpoints.ts';
import { problemResponse, seeOther } from '../pages/respond.ts';
import { beginTransaction } from '../transaction/begin.ts';
import { decideAuthorization } from './decide.ts';
import { single } from './parameters.ts';
import { responseLocation } from './response.ts';

/**
 * The authorization endpoint.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-3.1 RFC 6749 §3.1}
 */
export function createAuthorizationEndpoint(context: ServerContext): Endpoint {
  const { issuer, clients, pages, capabilities } = context;

  return allowMethods(['GET', 'POST'], async (request, info) => {
    const realm = await currentRealm(context);
    const parameters = await readParameters(request);
    if (parameters === undefined) {
      return problemResponse(pages, realm, 'form-unreadable');
    }
    const clientId = single(parameters, 'client_id');
    const client = typeof clientId === 'string' ? await clients.resolve(realm.id, clientId) : undefined;
    const decision = decideAuthorization({ parameters, realm, client, capabilities });

    switch (decision.kind) {
      case 'page': {
        const { problem, detail } = decision;
        await record(context, info, {
          type: 'authorization.refused',
          error: problem,
          ...(client && { clientId: client.id }),
        });
        return problemResponse(pages, realm, problem, detail);
      }
      case 'redirect': {
        const { error, description, gate } = decision.error;
        await record(context, info, {
          type: 'authorization.refused',
          error,
          ...(client && { clientId: client.id }),
          ...(gate && { gate }),
        });
        return seeOther(responseLocation({ issuer, ...decision }, { error, error_description: description }));
      }
      case 'interact': {
        const { transaction, cookies } = await beginTransaction(context, realm, request, decision.request);
        return seeOther(transactionPage(issuer, 'consent', transaction.id), cookies);
      }
    }
  });
}

/** RFC 6749 §3.1: a request may come as a query or as a form. */
async function readParameters(request: Request): Promise<URLSearchParams | undefined> {
  if (request.method !== 'POST') return new URL(request.url).searchParams;
  if (!hasMediaType(request, 'application/x-www-form-urlencoded')) return undefined;
  const body = await readText(request);
  return body.ok ? new URLSearchParams(body.text) : undefined;
}
