/** A parameter that must not be repeated: its value, `undefined` if it is absent or empty, or that it is repeated. */
export type SingleParameter = string | undefined | typeof REPEATED;

export const REPEATED: unique symbol = Symbol('repeated');

/**
 * Reads a parameter that must not be repeated. A parameter without a value counts as absent.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-3.1 RFC 6749 §3.1}
 */
export function single(parameters: URLSearchParams, name: string): SingleParameter {
  const values = parameters.getAll(name);
  if (values.length > 1) return REPEATED;
  return values[0] === '' ? undefined : values[0];
}

/** The first repeated parameter, except for those that can be repeated. */
export function repeatedParameter(
  parameters: URLSearchParams,
  mayRepeat: readonly string[] = [],
): string | undefined {
  const seen = new Set<string>();
  for (const name of parameters.keys()) {
    if (seen.has(name) && !mayRepeat.includes(name)) return name;
    seen.add(name);
  }
  return undefined;
}
