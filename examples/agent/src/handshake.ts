import { PATHS } from '@vestibule/server';
import { attach } from './attach.ts';
import type { Narrator } from './narrator.ts';

export interface HandshakeOptions {
  /** The URL that a person would paste into an agent. */
  readonly server: URL;
  readonly person: { readonly username: string; readonly password: string };
  readonly narrator: Narrator;
}

/**
 * Runs the whole handshake with the official MCP client: an unknown agent is given a URL, discovers the authorization server and
 * registers; a person signs in and consents; and the agent calls a tool.
 *
 * @returns the result of the tool
 */
export async function handshake({ server, person, narrator }: HandshakeOptions): Promise<string> {
  const agent = await attach({
    server,
    person,
    fetch: narratedFetch(narrator, server),
    onPage: ({ kind, lines }) => {
      if (kind === 'sign-in') narrator.begin(`The person signs in as ${person.username}`);
      if (kind === 'consent') {
        narrator.begin('The person reads the consent page and approves');
        for (const line of lines) narrator.say(line);
      }
      if (kind === 'hand-back') narrator.begin('The browser returns to the agent with a code');
    },
  });

  narrator.begin('The agent calls the tool list_notes');
  const notes = await agent.call('list_notes');
  for (const line of notes.text.split('\n')) narrator.say(line);
  if (notes.failed) throw new Error(notes.text);

  narrator.begin('The agent calls delete_all_notes, which needs the scope notes:admin');
  const deletion = await agent.call('delete_all_notes');
  narrator.say(deletion.text);
  if (!deletion.failed) throw new Error('The agent could delete every note.');
  await agent.close();
  return notes.text;
}

/** Prints each request of the agent as a step of the handshake. */
function narratedFetch(narrator: Narrator, server: URL): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const { href, pathname } = new URL(request.url);
    const step = stepOf(pathname);
    if (step !== undefined) narrator.begin(step);
    const response = await fetch(request);
    const challenge = href === server.href ? response.headers.get('www-authenticate') : null;
    if (challenge !== null) narrator.begin('The agent calls the API without a token');
    if (step !== undefined || challenge !== null) {
      narrator.say(
        `${request.method} ${pathname} → ${challenge === null ? await outcomeOf(response) : `${response.status} ${challenge}`}`,
      );
    }
    return response;
  };
}

function stepOf(pathname: string): string | undefined {
  if (pathname.startsWith('/.well-known/oauth-protected-resource')) {
    return 'The agent reads which authorization server protects Notes';
  }
  if (pathname.startsWith('/.well-known/')) {
    return 'The agent reads the metadata of the authorization server';
  }
  if (pathname.endsWith(PATHS.register)) return 'The agent registers';
  if (pathname.endsWith(PATHS.token)) return 'The agent exchanges the code for a token';
  return undefined;
}

/** The members of a response that the demo prints. */
const DISPLAYED_MEMBERS: ReadonlySet<string> = new Set(
  'resource issuer registration_endpoint client_id client_name scope expires_in error'.split(' '),
);

async function outcomeOf(response: Response): Promise<string> {
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => ({}));
  const members = Object.entries(body ?? {}).filter(([name]) => DISPLAYED_MEMBERS.has(name));
  return [response.status, ...members.map(([name, value]) => `${name}=${JSON.stringify(value)}`)].join(' ');
}
