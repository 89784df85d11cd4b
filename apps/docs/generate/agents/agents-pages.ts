import { code, contents, link, type Page, page, paragraphs, table } from '../markdown/markdown.ts';
import { type Agent, agents } from './agent.ts';
import { attachSection } from './attach-section.ts';
import { documentSections } from './document-sections.ts';
import { registrationSections } from './registration-sections.ts';

/** The pages of all agents, and their list. */
export const agentsPages = (): readonly Page[] => [agentsIndex(), ...agents.map(agentPage)];

function agentsIndex(): Page {
  return page(
    'agents/index.md',
    'Agents',
    'AI agents and MCP clients: what each sends, what Vestibule responds, and how to attach it.',
    'Open the gates first, or an agent gets an error: `vestibule gates open realm` for agents that register, `vestibule gates open documents` for agents with a metadata document, and the gates of your API and of its scopes for both. Then give the agent the address of the MCP server, not of Vestibule.',
    'An agent that registers and has a metadata document uses the document where the metadata of the server says `client_id_metadata_document_supported`.',
    table(
      ['agent', 'registers', 'document'],
      agents.map(({ id, name, registers, publishes }) => [
        link(name, `${id}.md`),
        registers === undefined ? 'no' : methodOf(registers.registration.token_endpoint_auth_method),
        publishes === undefined ? 'no' : methodOf(publishes.document.token_endpoint_auth_method),
      ]),
    ),
    'The columns name the authentication method that the agent asks for. Every client that registers gets `none`.',
    'The same fixtures test any server: `npx @vestibule/client-fixtures --issuer https://id.example`.',
  );
}

const methodOf = (method: string | undefined): string => (method === undefined ? 'no method' : code(method));

function agentPage(agent: Agent): Page {
  const sections = [attachSection(agent), ...registrationSections(agent), ...documentSections(agent)].filter(
    ({ text }) => text !== '',
  );
  return page(
    `agents/${agent.id}.md`,
    agent.name,
    `How to attach ${agent.name} to an MCP server behind Vestibule, what it sends, and what Vestibule responds.`,
    contents(sections.map(({ heading }) => heading)),
    ...sections.map(({ heading, text }) => paragraphs(`## ${heading}`, text)),
  );
}
