import type { Reply } from './ask.ts';

/**
 * What a reply means for the redirect URI of the request. `taken`: the server goes on, to the redirect URI (also with an
 * error), or to the sign-in. `refused`: it does not.
 */
export type Meaning = 'taken' | 'refused';

/** A redirect URI that is never registered. The reply to it is how the server refuses. */
export const UNREGISTERED = 'https://unregistered.invalid/callback';

/**
 * What replies look like if the server refuses without a 4xx status; undefined if it uses 4xx, or if it cannot be
 * determined.
 */
export type RefusedLook = string | undefined;

/** @param unregistered the reply to {@link UNREGISTERED} @param registered the reply to a registered redirect URI */
export function refusedLook(unregistered: Reply, registered: Reply, registeredUri: string): RefusedLook {
  const look = lookOf(unregistered, UNREGISTERED);
  return look === lookOf(registered, registeredUri) ? undefined : look;
}

/** Undefined if the reply has no meaning: the server limits requests or is broken. */
export function meaningOf(reply: Reply, redirectUri: string, refused: RefusedLook): Meaning | undefined {
  if (reply.kind === 'limited' || reply.kind === 'nothing') return undefined;
  if (reply.kind === 'page' && reply.status >= 400) return 'refused';
  if (reply.kind === 'led' && !isAt(reply.to, redirectUri) && hasError(reply.to)) return 'refused';
  return refused !== undefined && lookOf(reply, redirectUri) === refused ? 'refused' : 'taken';
}

/** What replies of one meaning have in common if the status does not tell them apart, without the redirect URI. */
function lookOf(reply: Reply, redirectUri: string): string | undefined {
  if (reply.kind === 'page' && reply.status < 400) return 'page';
  if (reply.kind !== 'led' || isAt(reply.to, redirectUri)) return undefined;
  return reply.to.replace(/[?#].*/s, '');
}

/** Whether a URL is the redirect URI with additions to its query or fragment, as written or as browsers parse it. */
function isAt(address: string, redirectUri: string): boolean {
  const bare = (uri: string): string => uri.replace(/[?#].*/s, '');
  if (bare(address) === bare(redirectUri)) return true;
  const [left, right] = [URL.parse(address), URL.parse(redirectUri)];
  return (
    left !== null &&
    right !== null &&
    (['protocol', 'username', 'host', 'pathname'] as const).every((part) => left[part] === right[part])
  );
}

const hasError = (address: string): boolean => /[?&#]error=/.test(address);
