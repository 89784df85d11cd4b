import { quote } from '@vestibule/client-fixtures';
import { AGENT_IDS, DOCUMENTED, PAGES, REGISTERING, wayOf } from '../agents/audience.ts';
import { type Evidence, supportsDocuments, urlIn } from '../evidence/evidence.ts';
import { type Exchange, isJson, jsonOf, received, statusOf } from '../exchange/exchange.ts';
import { type Check, CORS, failed, type Judgement, mcp, passed, rfc, skipped } from './check.ts';
import { refusedByPreflight, unreadable } from './page-access.ts';
import { ofIssuer } from './issuer-checks.ts';

const offered: Check = {
  id: 'registration.offered',
  title: 'Every agent can become known.',
  severity: 'error',
  audience: REGISTERING,
  section: mcp('client registration approaches', 'client-registration-approaches'),
  why: 'An agent that the operator never met has no client_id.',
  mend: 'Offer dynamic client registration (registration_endpoint), metadata documents (client_id_metadata_document_supported), or both: not every agent has both.',
  judge: ofIssuer((document, where, evidence) => {
    if (urlIn(document, 'registration_endpoint') !== undefined) return passed;
    if (!supportsDocuments(evidence)) {
      return failed(
        'The metadata have neither registration_endpoint nor client_id_metadata_document_supported.',
        {
          where,
          agents: AGENT_IDS,
        },
      );
    }
    const agents = AGENT_IDS.filter((id) => wayOf(id, evidence) !== 'document');
    return failed(`There is no registration_endpoint, and ${agents.length} agents have no document.`, {
      where,
      agents,
    });
  }),
};

const documents: Check = {
  id: 'registration.documents',
  title: 'Metadata documents are supported.',
  severity: 'note',
  audience: DOCUMENTED,
  section: mcp('client ID metadata documents', 'client-id-metadata-documents'),
  why: 'Agents that have a document use it instead of a registration; each registration otherwise leaves a client on the server.',
  mend: 'Fetch the document at an https client_id through a guard against inner addresses, and add "client_id_metadata_document_supported": true.',
  judge: ofIssuer((_, where, evidence) =>
    supportsDocuments(evidence)
      ? passed
      : failed('client_id_metadata_document_supported is not true.', { where }),
  ),
};

/** Judges the response to a registration that is not JSON. */
const ofMalformed =
  (judge: (exchange: Exchange, evidence: Evidence) => Judgement) =>
  (evidence: Evidence): Judgement => {
    const exchange = evidence.issuer?.registration;
    return exchange === undefined ? skipped('There is no registration endpoint.') : judge(exchange, evidence);
  };

/** Whether registration needs a token. */
export const isClosed = (exchange: Exchange): boolean => [401, 403].includes(statusOf(exchange) ?? 0);

const open: Check = {
  id: 'registration.open',
  title: 'Registration needs no token.',
  severity: 'error',
  audience: REGISTERING,
  section: rfc(7591, '3'),
  why: 'Agents have no initial access token and cannot be given one.',
  mend: 'Let clients register without a token, and protect the server by what an unknown client may do: public clients, PKCE, consent each time, limits.',
  judge: ofMalformed((exchange) =>
    isClosed(exchange)
      ? failed(`${exchange.url} ${received(exchange)} to a request without a token.`, { where: exchange.url })
      : passed,
  ),
};

const errors: Check = {
  id: 'registration.error-json',
  title: 'A registration that is not JSON is refused with 400 and a JSON error.',
  severity: 'warning',
  audience: REGISTERING,
  section: rfc(7591, '3.2.2'),
  why: 'Agents display the error and its description to the person; of an HTML page they display nothing, or all of it.',
  mend: 'Respond 400 with application/json: {"error": "invalid_client_metadata", "error_description": "…"}.',
  judge: ofMalformed((exchange) => {
    if (isClosed(exchange)) return skipped('Registration needs a token.');
    const { error } = jsonOf(exchange) ?? {};
    return statusOf(exchange) === 400 && isJson(exchange) && typeof error === 'string'
      ? passed
      : failed(`${exchange.url} ${received(exchange)}, and error is ${quote(error)}.`, {
          where: exchange.url,
        });
  }),
};

const cors: Check = {
  id: 'registration.cors',
  title: 'A page can register and read errors.',
  severity: 'error',
  audience: PAGES,
  section: CORS,
  why: 'The agent cannot register, or learns only that the network failed.',
  mend: 'Respond to OPTIONS, allow the header content-type, and send Access-Control-Allow-Origin: * on every response, errors too.',
  judge: ofMalformed((exchange, { issuer }) => {
    const preflight = issuer?.registrationPreflight;
    const problem =
      unreadable(exchange) ??
      (preflight === undefined ? undefined : refusedByPreflight(preflight, ['content-type']));
    return problem === undefined ? passed : failed(problem, { where: exchange.url });
  }),
};

/** What the metadata and a registration that is not JSON tell. */
export const registrationChecks: readonly Check[] = [offered, documents, open, errors, cors];
