/** Fields that are always about one connection, even if `Connection` does not name them. */
const ALWAYS: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Lower-case names of the fields that are about one connection and not about the message: those that always are, and those
 * that `Connection` lists.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1 RFC 9110 §7.6.1}
 */
export function hopByHopFields(headers: Headers): ReadonlySet<string> {
  const named = headers.get('connection')?.toLowerCase().split(',');
  if (named === undefined) return ALWAYS;
  return new Set([...ALWAYS, ...named.map((name) => name.trim())]);
}

/** The headers without {@link hopByHopFields}: the same object if there is nothing to drop. */
export function withoutHopByHopFields(headers: Headers): Headers {
  const dropped = [...hopByHopFields(headers)].filter((name) => name !== '' && headers.has(name));
  if (dropped.length === 0) return headers;
  const kept = new Headers(headers);
  for (const name of dropped) kept.delete(name);
  return kept;
}
