import type { Instant } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import type { Agent } from './agent.ts';
import { type DocumentOfAgent, documentsOf, knownDocuments } from './documents-of-agent.ts';
import type { AgentUse, Counts } from './tally.ts';

/** What happens to the people of an agent if registration is closed. */
export type IfClosed =
  /** No person has access through it. */
  | 'nothing-ends'
  /** Their access ends, and they get it again by an approval if their version of the agent uses its document. */
  | 'approve-again'
  /** Their access ends, and no document is known with which the agent could return. */
  | 'cannot-return';

/** An agent of registered clients. */
export interface AgentReport extends Agent {
  readonly clients: number;
  readonly grants: number;
  readonly people: number;
  /** How many of these people have access through a document of the agent as well. */
  readonly peopleWithDocument: number;
  readonly lastUsedAt: Instant;
  /** Its documents, the most useful first. */
  readonly documents: readonly DocumentOfAgent[];
  readonly ifClosed: IfClosed;
}

/** A person who would lose access. */
export interface PersonReport {
  readonly subject: string;
  /** The names of the agents with access for them. */
  readonly agents: readonly string[];
  /** The worst of what happens to them. */
  readonly ifClosed: IfClosed;
}

/** What an operator needs to decide whether to close registration. */
export interface SunsetReport {
  /** Most people first. */
  readonly agents: readonly AgentReport[];
  /** People who cannot return first, and then by subject. */
  readonly people: readonly PersonReport[];
  readonly clients: number;
  readonly grants: number;
  /** The number of registered clients that no person has approved. */
  readonly unused: number;
}

/** Reports what closing registration would do, from the clients that were counted. */
export function sunsetReport(realm: Realm, { agents: uses, documents, unused }: Counts): SunsetReport {
  const known = knownDocuments(realm, documents);
  const people = new Map<string, PersonReport>();
  const agents = uses.map((use) => {
    const report = agentReport(use, documentsOf(use.agent, known));
    for (const subject of use.people) people.set(subject, withAgent(subject, people.get(subject), report));
    return report;
  });
  return {
    agents: agents.toSorted(
      (one, other) =>
        other.people - one.people || other.lastUsedAt - one.lastUsedAt || compare(one.name, other.name),
    ),
    people: [...people.values()].toSorted(
      (one, other) => RANK[one.ifClosed] - RANK[other.ifClosed] || compare(one.subject, other.subject),
    ),
    clients: sum(agents.map(({ clients }) => clients)),
    grants: sum(agents.map(({ grants }) => grants)),
    unused,
  };
}

function agentReport(
  { agent, clients, grants, people, lastUsedAt }: AgentUse,
  documents: readonly DocumentOfAgent[],
): AgentReport {
  const withDocument = new Set(documents.flatMap((document) => [...document.people]));
  const canReturn = documents.some(({ state }) => state !== 'refused');
  return {
    ...agent,
    clients,
    grants,
    people: people.size,
    peopleWithDocument: [...people].filter((subject) => withDocument.has(subject)).length,
    lastUsedAt,
    documents,
    ifClosed: people.size === 0 ? 'nothing-ends' : canReturn ? 'approve-again' : 'cannot-return',
  };
}

/** The report of a person, with one agent more. */
function withAgent(
  subject: string,
  { agents, ifClosed }: Pick<PersonReport, 'agents' | 'ifClosed'> = { agents: [], ifClosed: 'nothing-ends' },
  agent: AgentReport,
): PersonReport {
  const isWorse = RANK[agent.ifClosed] < RANK[ifClosed];
  return { subject, agents: [...agents, agent.name], ifClosed: isWorse ? agent.ifClosed : ifClosed };
}

/** The worst first. */
const RANK: Readonly<Record<IfClosed, number>> = {
  'cannot-return': 0,
  'approve-again': 1,
  'nothing-ends': 2,
};

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
