/**
 * Makes a value when it is first asked for, and returns the same one from then on. Call it with `@__PURE__` in front, so that
 * a bundle in which it is not called leaves it out.
 */
export function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
