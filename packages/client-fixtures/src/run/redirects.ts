import { ask, type Reply } from '../authorization/ask.ts';
import { meaningOf, UNREGISTERED, type RefusedLook, refusedLook } from '../authorization/judge.ts';
import type { Redirect } from '../redirects/redirect.ts';
import type { Server } from '../server/discover.ts';
import type { Fetch } from '../server/send.ts';
import type { Result } from './outcome.ts';
import { notRun, redirectResult } from './redirect-result.ts';

/** An agent that the server knows, and its request. */
export interface KnownAgent {
  readonly clientId: string;
  readonly scope: string;
  /** The redirect URIs in its metadata. */
  readonly redirectUris: readonly string[];
}

/** How requests are sent, and the API that tokens are requested for. */
export interface Sent {
  readonly fetch: Fetch;
  readonly resource: string | undefined;
}

/**
 * Tries every redirect URI of an agent. Skips the look-alikes of a URI that is not accepted: a server that refuses both does
 * not prove that it distinguishes them.
 */
export async function tryRedirects(
  redirects: readonly Redirect[],
  { clientId, scope, redirectUris }: KnownAgent,
  server: Server,
  { fetch, resource }: Sent,
): Promise<readonly Result[]> {
  const tryOne = (redirectUri: string): Promise<Reply> =>
    ask({ clientId, scope, resource, redirectUri }, server, fetch);
  const hintFor = ({ uri }: Redirect, { kind }: Reply): string =>
    kind === 'page' && resource === undefined && redirectUris.includes(uri) ? RESOURCE_HINT : '';

  const results: Result[] = [];
  const taken = new Set<string>();
  const unregistered = await tryOne(UNREGISTERED);
  let refused: RefusedLook;
  let limited = unregistered.kind === 'limited';

  for (const [index, redirect] of redirects.entries()) {
    const reason = limited ? LIMITED : reasonToSkip(redirect, taken);
    if (reason !== undefined) {
      results.push(notRun(redirect, reason));
      continue;
    }
    const reply = await tryOne(redirect.uri);
    limited = reply.kind === 'limited';
    if (limited) {
      results.push(notRun(redirect, LIMITED));
      continue;
    }
    if (index === 0) refused = refusedLook(unregistered, reply, redirect.uri);
    const meaning = meaningOf(reply, redirect.uri, refused);
    if (meaning === 'taken') taken.add(redirect.uri);
    results.push(redirectResult(redirect, reply, meaning, hintFor(redirect, reply)));
  }
  return results;
}

const LIMITED = 'The server limits requests at its authorization endpoint (429).';

/** What to do if a server refuses a request without a resource. */
export const RESOURCE_HINT =
  ' If the server has to be told which API the token is for (RFC 8707), give a resource.';

const reasonToSkip = ({ like }: Redirect, taken: ReadonlySet<string>): string | undefined =>
  like === undefined || taken.has(like)
    ? undefined
    : `${like} does not work, so that refusing what looks like it says nothing.`;
