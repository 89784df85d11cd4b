import type { Reply } from './ask.ts';

/**
 * What a reply means for the redirect URI that was asked with. `taken`: the server leads on, to the redirect URI
 * itself, with an error too, or to where a person signs in. `refused`: it does not.
 */
export type Meaning = 'taken' | 'refused';

/** A redirect URI that nobody registers. What a server answers it is how it refuses. */
export const NOBODYS = 'https://nobody-registers-this.invalid/callback';

/** How a server replies when it refuses and does not say so with 4xx; undefined where it does, or cannot be told. */
export type RefusedLook = string | undefined;

/** @param nobodys the reply to {@link NOBODYS} @param registered the reply to what surely is registered */
export function refusedLook(nobodys: Reply, registered: Reply, registeredUri: string): RefusedLook {
  const look = lookOf(nobodys, NOBODYS);
  return look === lookOf(registered, registeredUri) ? undefined : look;
}

/** Undefined where the reply says nothing: the server is limiting or broken. */
export function meaningOf(reply: Reply, redirectUri: string, refused: RefusedLook): Meaning | undefined {
  if (reply.kind === 'limited' || reply.kind === 'nothing') return undefined;
  if (reply.kind === 'page' && reply.status >= 400) return 'refused';
  if (reply.kind === 'led' && !isAt(reply.to, redirectUri) && hasError(reply.to)) return 'refused';
  return refused !== undefined && lookOf(reply, redirectUri) === refused ? 'refused' : 'taken';
}

/** What replies of one meaning have in common, where their status does not tell and no redirect URI is in them. */
function lookOf(reply: Reply, redirectUri: string): string | undefined {
  if (reply.kind === 'page' && reply.status < 400) return 'page';
  if (reply.kind !== 'led' || isAt(reply.to, redirectUri)) return undefined;
  return reply.to.replace(/[?#].*/s, '');
}

/** Whether an address is the redirect URI with something in its query or fragment, as written or as browsers read it. */
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
