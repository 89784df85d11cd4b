import type { Kind } from './kinds.ts';
import { type ApiId, type Gates, RESOURCES, type ScopeName, SCOPES } from './realm.ts';

/**
 * What a client of a kind can hold at an API in the current state of the gates. The expected value of the tests, which
 * shares no code with the server.
 */
export function mayHold(
  kind: Pick<Kind, 'ceiling' | 'madeBy'>,
  gates: Gates,
  api: ApiId,
): readonly ScopeName[] {
  if (kind.madeBy === 'operator') return kind.ceiling[api];
  if (!gates[gateOf(kind)] || !gates[api]) return [];
  const open = { ...gates, admin: false };
  return SCOPES[api].filter((scope) => open[scope] && kind.ceiling[api].includes(scope));
}

/** The first gate of a client that registered itself or has a document. */
const gateOf = ({ madeBy }: Pick<Kind, 'madeBy'>): 'realm' | 'documents' =>
  madeBy === 'document' ? 'documents' : 'realm';

/** The scopes that are in both lists. */
export const both = (some: readonly string[], others: readonly string[]): readonly string[] =>
  some.filter((scope) => others.includes(scope)).toSorted();

/** The result of a registration, or of the first request with a document, in the current state of the gates. */
export type Introduced = 'closed' | 'refused' | Pick<Kind, 'ceiling' | 'madeBy'>;

/**
 * The ceiling of a dynamic client: its own bound is cut to the scopes that are open at that time, and is ignored if nothing
 * is left. The bound of its initial access token always applies, and a client that it leaves nothing is refused.
 */
export function introduce(kind: Kind, gates: Gates): Introduced {
  const { madeBy, metadata, bounds } = kind;
  if (madeBy === 'operator') return kind;
  if (!gates[gateOf(kind)]) return 'closed';
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
