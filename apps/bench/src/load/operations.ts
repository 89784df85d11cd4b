import { Cookies } from '../http/cookies.ts';
import {
  type Agent,
  disconnect,
  introspect,
  problem,
  refresh,
  register,
  registrationText,
} from '../oauth/agent.ts';
import type { KnownClient } from '../oauth/known-client.ts';
import { authorizeClient, type Handshake, shakeHands } from '../oauth/sessions.ts';
import type { Behavior, Operation } from '../targets/target.ts';
import { agentsOf, type Subject } from './subject.ts';

/** An operation that is ready to be timed. */
export interface Prepared {
  /** Runs it once, on the connection of this worker. */
  readonly run: (worker: number) => Promise<void>;
  readonly close: () => void;
}

/** Refresh tokens for each connection, so that no single grant carries the whole load. */
const GRANTS_PER_WORKER = 2;

/** Connects, and prepares everything that is not part of the operation itself. */
export async function prepareOperation(
  subject: Subject,
  operation: Operation,
  connections: number,
): Promise<Prepared> {
  const agents = await agentsOf(subject, connections);
  const runner = await runnerOf(subject, operation, agents);
  return {
    run: (worker) => runner(agentAt(agents, worker), worker),
    close: () => disconnect(agents),
  };
}

type Runner = (agent: Agent, worker: number) => Promise<void>;

async function runnerOf(subject: Subject, operation: Operation, agents: readonly Agent[]): Promise<Runner> {
  switch (operation) {
    case 'metadata': {
      return readMetadata(agentAt(agents, 0));
    }
    case 'register': {
      return (agent) => registerOne(subject, agent);
    }
    case 'flow': {
      return wholeFlow(subject, behaviorOf(subject));
    }
    case 'registered-flow': {
      return flowsOf(subject, behaviorOf(subject), await Promise.all(agents.map(register)));
    }
    case 'document-flow': {
      const described = await subject.server.describeClients?.(agents.length);
      if (described === undefined) throw new Error('document-flow: the server has no clients with documents');
      return flowsOf(subject, behaviorOf(subject), described);
    }
    case 'refresh': {
      return refreshInTurn(await handshakesFor(subject, agents));
    }
    case 'introspect': {
      return introspectInTurn(subject, await handshakesFor(subject, agents.slice(0, 1)));
    }
    default: {
      return operation satisfies never;
    }
  }
}

function readMetadata({ connection, endpoints }: Agent): Runner {
  const text = connection.format({
    method: 'GET',
    path: endpoints.metadata,
    headers: { Accept: 'application/json' },
  });
  return async (agent) => {
    const response = await agent.connection.send(text);
    if (response.status !== 200) throw problem('metadata', response);
  };
}

async function registerOne(subject: Subject, agent: Agent): Promise<void> {
  const response = await agent.connection.send(registrationText(agent));
  if (response.status !== 201 && response.status !== 200) throw problem('registration', response);
  subject.registered += 1;
}

/** Registers, approves in a browser that has signed in, exchanges the code, and refreshes once. */
function wholeFlow(subject: Subject, behavior: Behavior): Runner {
  const nextSession = inTurn(subject.sessions);
  return async (agent) => {
    const handshake = await shakeHands(agent, behavior, new Cookies(nextSession()));
    subject.registered += 1;
    await refreshOnce(agent, handshake);
  };
}

/** The same for clients that are known already, in turn. */
function flowsOf(subject: Subject, behavior: Behavior, clients: readonly KnownClient[]): Runner {
  const nextSession = inTurn(subject.sessions);
  const nextClient = inTurn(clients);
  return async (agent) => {
    const client = nextClient();
    if (client === undefined) throw new Error('flow: no client is known');
    await refreshOnce(agent, await authorizeClient(agent, behavior, client, new Cookies(nextSession())));
  };
}

async function refreshOnce(agent: Agent, { client, tokens }: Handshake): Promise<void> {
  if (tokens.refreshToken === undefined) throw new Error('flow: the server issued no refresh token');
  await refresh(agent, client, tokens.refreshToken);
}

function inTurn<T>(values: readonly T[]): () => T | undefined {
  let turn = 0;
  return () => {
    turn += 1;
    return values[(turn - 1) % values.length];
  };
}

/** Each worker uses its own refresh tokens in turn, and keeps their successors. */
function refreshInTurn(handshakes: readonly Handshake[]): Runner {
  const held = handshakes.map(({ client, tokens }) => ({ client, refreshToken: tokens.refreshToken ?? '' }));
  const turns: number[] = [];
  return async (agent, worker) => {
    const turn = (turns[worker] ?? 0) + 1;
    turns[worker] = turn;
    const one = held[worker * GRANTS_PER_WORKER + (turn % GRANTS_PER_WORKER)];
    if (one === undefined) throw new Error('refresh: the worker has no refresh token');
    const next = await refresh(agent, one.client, one.refreshToken);
    one.refreshToken = next.refreshToken ?? one.refreshToken;
  };
}

function introspectInTurn({ introspector }: Subject, handshakes: readonly Handshake[]): Runner {
  let turn = 0;
  return async (agent) => {
    const one = handshakes[turn % handshakes.length];
    turn += 1;
    if (one === undefined || introspector === undefined) {
      throw new Error('introspection: nothing to ask with');
    }
    const isActive = await introspect(agent, introspector, one.tokens.accessToken);
    if (!isActive) throw new Error('introspection: a token that was just issued is not active');
  };
}

/** New handshakes for each of these agents. They belong to this slice, so that no token was used before. */
async function handshakesFor(subject: Subject, agents: readonly Agent[]): Promise<readonly Handshake[]> {
  const behavior = behaviorOf(subject);
  const made = await Promise.all(
    agents.map(async (agent, index) => {
      const own: Handshake[] = [];
      for (let count = 0; count < GRANTS_PER_WORKER; count += 1) {
        const session = subject.sessions[(index + count) % subject.sessions.length];
        own.push(await shakeHands(agent, behavior, new Cookies(session)));
        subject.registered += 1;
      }
      return own;
    }),
  );
  return made.flat();
}

function behaviorOf({ target }: Subject): Behavior {
  if (target.behavior === undefined) {
    throw new Error(`${target.name} is a ceiling, and has no such operation.`);
  }
  return target.behavior;
}

function agentAt(agents: readonly Agent[], worker: number): Agent {
  const agent = agents[worker];
  if (agent === undefined) throw new Error(`There is no agent ${worker}.`);
  return agent;
}
