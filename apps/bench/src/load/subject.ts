import type { Cookies } from '../http/cookies.ts';
import { type Agent, connectAgents, disconnect, discover, type Endpoints } from '../oauth/agent.ts';
import { type Check, checkServer } from '../oauth/check.ts';
import { signIn } from '../oauth/sessions.ts';
import type { RunningServer } from '../targets/running-server.ts';
import type { Operation, Target } from '../targets/target.ts';

/** A started server with everything that its load needs. */
export interface Subject {
  readonly target: Target;
  readonly server: RunningServer;
  readonly endpoints: Endpoints;
  /** Browsers that have signed in. */
  readonly sessions: readonly Cookies[];
  /** The `Authorization` header of the API, if the server introspects. */
  readonly introspector?: string;
  readonly check?: Check;
  /** Clients registered since it was started. */
  registered: number;
}

/** Operations for which a person has signed in. */
const NEED_PEOPLE: ReadonlySet<Operation> = new Set([
  'flow',
  'registered-flow',
  'document-flow',
  'refresh',
  'introspect',
]);

/** Finds the endpoints, signs people in and checks what the server does, if an operation needs that. */
export async function prepareSubject(
  target: Target,
  server: RunningServer,
  operations: readonly Operation[],
): Promise<Subject> {
  const endpoints = await discover(target, server);
  const bare = { target, server, endpoints, sessions: [], registered: 0 };
  const { behavior } = target;
  const needsPeople = operations.some((one) => NEED_PEOPLE.has(one) && target.operations.includes(one));
  if (behavior === undefined || !needsPeople) return bare;
  const agents = await connectAgents(target, server, endpoints, 1);
  try {
    const [agent] = agents;
    if (agent === undefined) return bare;
    const sessions = await signIn(agent, behavior);
    const check = await checkServer(agent, behavior, first(sessions));
    const introspector = operations.includes('introspect') ? await server.introspector?.() : undefined;
    return { ...bare, sessions, check, ...(introspector !== undefined && { introspector }) };
  } finally {
    disconnect(agents);
  }
}

/** Agents of a subject, until they are disconnected. */
export const agentsOf = ({ target, server, endpoints }: Subject, count: number): Promise<readonly Agent[]> =>
  connectAgents(target, server, endpoints, count);

function first(sessions: readonly Cookies[]): Cookies {
  const [session] = sessions;
  if (session === undefined) throw new Error('The target has no session.');
  return session;
}
