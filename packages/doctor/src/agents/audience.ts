import { documents, fixtures } from '@vestibule/client-fixtures';
import { type Evidence, supportsDocuments } from '../evidence/evidence.ts';

/** For whom a check matters. */
export interface Audience {
  /** In words, such as "agents that run in a page". */
  readonly name: string;
  /** The ids of the agents. Empty if it matters for people. */
  readonly agents: (evidence: Evidence) => readonly string[];
}

/** The ids of all agents, in order. */
export const AGENT_IDS: readonly string[] = [
  ...new Set([...fixtures, ...documents].map(({ id }) => id)),
].toSorted((one, other) => one.localeCompare(other, 'en'));

const documented = documents.map(({ id }) => id);

/** How an agent becomes known at a server: agents use their document if the server supports it. */
export function wayOf(id: string, evidence: Evidence): 'document' | 'registration' | undefined {
  if (documented.includes(id) && supportsDocuments(evidence)) return 'document';
  return fixtures.some((fixture) => fixture.id === id) ? 'registration' : undefined;
}

export const EVERYONE: Audience = { name: 'every agent', agents: () => AGENT_IDS };

export const PAGES: Audience = {
  name: 'agents that run in a page',
  agents: () => fixtures.filter(({ page }) => page !== undefined).map(({ id }) => id),
};

export const REGISTERING: Audience = {
  name: 'agents that register',
  agents: (evidence) => AGENT_IDS.filter((id) => wayOf(id, evidence) === 'registration'),
};

export const DOCUMENTED: Audience = {
  name: 'agents with a metadata document',
  agents: () => documented,
};

export const REFRESHING: Audience = {
  name: 'agents that use refresh tokens',
  agents: () => fixtures.filter(({ needs }) => needs.grants.includes('refresh_token')).map(({ id }) => id),
};

export const PEOPLE: Audience = { name: 'the people who sign in', agents: () => [] };

export const OPERATORS: Audience = { name: 'you, who run it', agents: () => [] };

/** The ids of agents that support none of the advertised methods. */
export const withoutMethod = (methods: readonly string[]): readonly string[] =>
  AGENT_IDS.filter((id) => {
    const known = fixtures.find((fixture) => fixture.id === id)?.needs.authMethods ?? [];
    const { document } = documents.find((each) => each.id === id) ?? {};
    const usable = [
      ...known,
      ...(document?.token_endpoint_auth_methods_supported ?? []),
      ...(document?.token_endpoint_auth_method === undefined ? [] : [document.token_endpoint_auth_method]),
    ];
    return !usable.some((method) => methods.includes(method));
  });
