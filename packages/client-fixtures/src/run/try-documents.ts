import { ask, type Reply } from '../authorization/ask.ts';
import { meaningOf } from '../authorization/judge.ts';
import type { DocumentFixture, PublishedDocument } from '../documents/document-fixture.ts';
import type { Server } from '../server/discover.ts';
import { quote } from '../server/say.ts';
import { type Attempt, outcomesOf, type Steps } from './agent-attempt.ts';
import { type CheckOutcome, judged, skipped } from './outcome.ts';
import { notRun, said } from './redirect-result.ts';
import { RESOURCE_HINT, type Sent, tryRedirects } from './redirects.ts';

/** Names each document to a server by its URL, and tries its redirect URIs. */
export const tryDocuments = (
  documents: readonly DocumentFixture[],
  server: Server,
  sent: Sent,
  onAgent: (fixture: DocumentFixture) => void = () => undefined,
): Promise<readonly CheckOutcome[]> =>
  outcomesOf('metadata-document', documents, {
    attempt: (fixture) => tryDocument(fixture, server, sent),
    nothingRun: (fixture, why) => [
      ['metadata', [skipped('metadata.authentication', why)]],
      ...notAccepted(fixture, why),
    ],
    onAgent,
  });

async function tryDocument(fixture: DocumentFixture, server: Server, sent: Sent): Promise<Attempt> {
  const { document, redirects } = fixture;
  const [first] = redirects;
  const client = {
    clientId: document.client_id,
    scope: (server.scopes ?? []).join(' '),
    redirectUris: document.redirect_uris,
  };
  const metadata = [judged('metadata.authentication', authenticationProblem(fixture, server))];
  // Asked alone, because a server that cannot fetch the document tries again at each request.
  const redirectUri = first?.uri ?? '';
  const reply = await ask({ ...client, redirectUri, resource: sent.resource }, server, sent.fetch);
  if (reply.kind === 'limited') {
    const limit = 'The server limits requests (429), so that this document was not tried.';
    return { steps: [['metadata', metadata], ...notAccepted(fixture, limit)], limit };
  }
  if (meaningOf(reply, redirectUri, undefined) !== 'taken') {
    const [, ...others] = notAccepted(fixture, 'The document is not accepted.');
    const problem = documentProblem(document, reply, sent);
    return {
      steps: [['metadata', metadata], ['document', [judged('document.accepted', problem)]], ...others],
    };
  }
  return {
    steps: [
      ['metadata', metadata],
      ['document', [judged('document.accepted', undefined)]],
      ['redirects', await tryRedirects(redirects, client, server, sent)],
    ],
  };
}

const notAccepted = ({ redirects }: DocumentFixture, why: string): Steps => [
  ['document', [skipped('document.accepted', why)]],
  ['redirects', redirects.map((redirect) => notRun(redirect, why))],
];

/**
 * Whether a server and a document have a method in common. Some agents only use their document if they do.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8414#section-2 RFC 8414 §2}, where a server that lists none has
 * `client_secret_basic`
 */
function authenticationProblem(
  { client, document }: DocumentFixture,
  { authMethods }: Server,
): string | undefined {
  const { token_endpoint_auth_method: one, token_endpoint_auth_methods_supported: some } = document;
  const usable = some ?? (one === undefined ? [] : [one]);
  return usable.some((method) => authMethods?.includes(method))
    ? undefined
    : `token_endpoint_auth_methods_supported is ${quote(authMethods)}; ${client} can work with ${usable.join(', ')}.`;
}

function documentProblem({ client_id: url }: PublishedDocument, reply: Reply, { resource }: Sent): string {
  const hint = resource === undefined && reply.kind === 'page' ? RESOURCE_HINT : '';
  return `The server ${said(reply)}; it should accept the client that ${url} describes. Can it fetch the document, and does it accept what the document says?${hint}`;
}
