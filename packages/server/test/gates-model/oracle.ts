import type { Kind } from './kinds.ts';
import { type ApiId, type Gates, RESOURCES, type ScopeName, SCOPES } from './realm.ts';

/**
 * What a client of a kind may hold at an API while the gates stand as they do. This is what the tests hold the server
 * against: it shares no line with it.
 */
export function mayHold(
  kind: Pick<Kind, 'ceiling' | 'madeBy'>,
  gates: Gates,
  api: ApiId,
): readonly ScopeName[] {
  if (kind.madeBy === 'operator') return kind.ceiling[api];
  if (!gates.realm || !gates[api]) return [];
  const open = { ...gates, admin: false };
  return SCOPES[api].filter((scope) => open[scope] && kind.ceiling[api].includes(scope));
}

/** Of some scopes, those that others name too. */
export const both = (some: readonly string[], others: readonly string[]): readonly string[] =>
  some.filter((scope) => others.includes(scope)).toSorted();

/** What becomes of a registration while the gates stand as they do. */
export type Introduced = 'closed' | 'refused' | Pick<Kind, 'ceiling' | 'madeBy'>;

/**
 * The ceiling of a client that introduces itself: its own bound is cut to the scopes that are open at that moment and is
 * none where nothing is left; that of its initial access token always stands, and a client that it leaves nothing is not
 * let in.
 */
export function introduce(kind: Kind, gates: Gates): Introduced {
  const { madeBy, metadata, bounds } = kind;
  if (madeBy === 'operator') return kind;
  if (!gates.realm) return 'closed';
  const open = (['read', 'write', 'send'] as const).filter((scope) => gates[scope]);
  const named = open.filter((scope) => metadata.scope?.split(' ').includes(scope));
  const own = named.length > 0 ? named : undefined;
  const given = bounds?.scopes;
  const bound = given === undefined ? own : (own ?? open).filter((scope) => given.includes(scope));
  if (bound?.length === 0) return 'refused';
  const at = (api: ApiId): readonly ScopeName[] =>
    (bounds?.resources ?? [RESOURCES[api]]).includes(RESOURCES[api])
      ? SCOPES[api].filter((scope) => scope !== 'admin' && (bound?.includes(scope) ?? true))
      : [];
  return { madeBy, ceiling: { notes: at('notes'), mail: at('mail') } };
}
