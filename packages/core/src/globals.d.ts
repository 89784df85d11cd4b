/**
 * The globals of the host that this package uses: every runtime has them. `lib` has no DOM here and `types` is empty, so
 * that code with a clock, a network or a process does not compile.
 */
declare class URL {
  static parse(url: string): URL | null;
  readonly href: string;
  readonly protocol: string;
  readonly origin: string;
  readonly host: string;
  readonly hostname: string;
  readonly port: string;
  readonly pathname: string;
  readonly username: string;
  readonly password: string;
}

declare class URLSearchParams {
  constructor(query: string);
  keys(): IterableIterator<string>;
}

/** Used by memory stores to return copies. */
declare function structuredClone<T>(value: T): T;
