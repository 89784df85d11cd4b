const SCOPE_TOKEN = /^[\x21\x23-\x5B\x5D-\x7E]+$/;

/**
 * The scope names in a `scope` value, without repetitions, in the given order; or `undefined` if a name has a character that
 * scopes cannot have. An empty value names none.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-3.3 RFC 6749 §3.3}
 */
export function parseScope(value: string): readonly string[] | undefined {
  const names = value.split(' ').filter((name) => name !== '');
  return names.every((name) => SCOPE_TOKEN.test(name)) ? [...new Set(names)] : undefined;
}

/** Scope names as a `scope` value. */
export const formatScope = (names: readonly string[]): string => names.join(' ');
