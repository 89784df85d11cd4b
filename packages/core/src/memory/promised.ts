/** A store whose methods return their results without waiting. */
export type Synchronous<Store> = {
  readonly [Name in keyof Store]: Store[Name] extends (
    ...parameters: infer Parameters
  ) => Promise<infer Result>
    ? (...parameters: Parameters) => Result
    : Store[Name];
};

/** The store with methods that return promises. What a method throws becomes a rejection. */
export function promised<Store extends object>(table: Synchronous<Store>): Store {
  const methods = Object.entries(table).map(([name, member]: [string, unknown]) =>
    typeof member === 'function'
      ? [name, async (...parameters: unknown[]): Promise<unknown> => Reflect.apply(member, table, parameters)]
      : [name, member],
  );
  return Object.fromEntries(methods);
}
