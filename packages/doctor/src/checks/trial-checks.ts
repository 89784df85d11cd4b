import type { CheckOutcome } from '@vestibule/client-fixtures';
import { DOCUMENTED, PAGES, PEOPLE, REGISTERING } from '../agents/audience.ts';
import { type Check, CORS, failed, passed, rfc, mcp, skipped } from './check.ts';

type Described = Omit<Check, 'judge' | 'id'>;

/** A check of the agents that were tried, as `client-fixtures` judged it. */
const trial = (id: string, described: Described): Check => ({
  id: `agents.${id}`,
  ...described,
  judge: ({ registered }) => {
    const all = (registered?.outcomes ?? []).filter(
      (one) => one.check === id || one.check.startsWith(`${id}.`),
    );
    const wrong = all.filter(({ outcome }) => outcome === 'failed');
    const agents = [...new Set(wrong.map(({ agent }) => agent))];
    const [first] = wrong;
    if (first !== undefined) {
      return failed(
        agents.length === 1
          ? `${first.agent}: ${said(first)}`
          : `${agents.length} agents fail, for example ${first.agent}: ${said(first)}`,
        { agents, details: wrong.map((each) => `${each.agent}: ${said(each)}`) },
      );
    }
    return all.some(({ outcome }) => outcome === 'passed') ? passed : skipped('No agent was tried.');
  },
});

const said = ({ uri, message = '' }: CheckOutcome): string =>
  uri === undefined ? message : `${uri}: ${message}`;

/** What only a registered client can find. */
export const trialChecks: readonly Check[] = [
  trial('registration.accepted', {
    title: 'Each agent can register with the body that it sends.',
    severity: 'error',
    audience: REGISTERING,
    section: rfc(7591, '3.2.1'),
    why: 'The agent sends this and nothing else.',
    mend: 'Accept what agents send, and narrow it in the response instead of refusing it: an unknown member or scope is ignored, native apps need no application_type.',
  }),
  trial('registration.readable-by-page', {
    title: 'An agent in a page can read the response to its registration.',
    severity: 'error',
    audience: PAGES,
    section: CORS,
    why: 'The client exists, and the agent does not learn its client_id.',
    mend: 'Send Access-Control-Allow-Origin: * with the 201, too.',
  }),
  trial('answer', {
    title: 'The response to a registration suits the agent.',
    severity: 'error',
    audience: REGISTERING,
    section: rfc(7591, '3.2.1'),
    why: 'Agents validate the response with a schema and use what it says, such as the authentication method.',
    mend: 'Return all registered metadata: the redirect URIs unchanged, token_endpoint_auth_method none, the grants, no null.',
  }),
  trial('metadata.authentication', {
    title: 'The server and each document have an authentication method in common.',
    severity: 'error',
    audience: DOCUMENTED,
    section: mcp('client ID metadata documents', 'client-id-metadata-documents'),
    why: 'Some agents use their document only then.',
    mend: 'Add none to token_endpoint_auth_methods_supported.',
  }),
  trial('document.accepted', {
    title: 'Each agent can use its metadata document.',
    severity: 'error',
    audience: DOCUMENTED,
    section: mcp('client ID metadata documents', 'client-id-metadata-documents'),
    why: 'Agents with a document do not fall back to a registration if the server says that it supports documents.',
    mend: 'Let the server reach the hosts of the documents, ignore unknown members and grants, and accept a loopback redirect URI without a port.',
  }),
  trial('redirects.accepts', {
    title: 'Each agent can come back to its redirect URIs, at any port of loopback.',
    severity: 'error',
    audience: REGISTERING,
    section: rfc(8252, '7.3'),
    why: 'An app on a computer uses whatever port is free at each sign-in.',
    mend: 'Ignore the port when you compare http redirect URIs of loopback addresses, whatever application_type says.',
  }),
  trial('redirects.refuses', {
    title: 'Redirect URIs that resemble a registered one are refused.',
    severity: 'error',
    audience: PEOPLE,
    section: rfc(9700, '4.1.3'),
    why: 'An attacker receives the code at an address that only resembles that of the agent.',
    mend: 'Compare redirect URIs as strings, except for the port of a loopback address, and refuse with a page.',
  }),
];
