import type { Endpoint, Route } from '../handler.ts';

/** Finds the endpoints of a path, in the order of their routes. The path is compared as it was sent, without decoding. */
export type RouteTable = (path: string) => readonly Endpoint[];

interface Numbered {
  readonly endpoint: Endpoint;
  readonly index: number;
}

const NONE: readonly Endpoint[] = [];

const endpointOf = ({ endpoint }: Numbered): Endpoint => endpoint;

/** Creates a table that finds routes by their path, however many there are. */
export function createRouteTable(routes: readonly Route[]): RouteTable {
  const exact = new Map<string, Numbered[]>();
  /** The routes with something below their path: by the number of segments, and then by the path. */
  const below = new Map<number, Map<string, Numbered[]>>();
  for (const [index, { path, below: depth = false, endpoint }] of routes.entries()) {
    const paths = depth === false ? exact : (below.get(Number(depth)) ?? new Map<string, Numbered[]>());
    if (depth !== false) below.set(Number(depth), paths);
    paths.set(path, [...(paths.get(path) ?? []), { endpoint, index }]);
  }
  // Made once, because most paths have nothing below them.
  const endpoints = new Map([...exact].map(([path, found]) => [path, found.map(endpointOf)]));

  return (path) => {
    const rooted = [...below].flatMap(([depth, paths]) => paths.get(rootOf(path, depth) ?? NO_PATH) ?? []);
    if (rooted.length === 0) return endpoints.get(path) ?? NONE;
    return [...(exact.get(path) ?? []), ...rooted].toSorted((a, b) => a.index - b.index).map(endpointOf);
  };
}

/** No path of a route: those begin with a slash. */
const NO_PATH = '';

/** Segments that a URL does not keep: `.` and `..`, also escaped, and backslashes, which it takes for slashes. */
const NOT_KEPT = /^(?:\.|%2e){1,2}$|\\/i;

/**
 * The path without its last segments. `undefined` if it has fewer, or if one of them is empty or is not kept by a URL: the endpoint would
 * get a request for another path.
 */
function rootOf(path: string, segments: number): string | undefined {
  let end = path.length;
  for (let left = segments; left > 0; left -= 1) {
    const slash = path.lastIndexOf('/', end - 1);
    if (slash < 0 || slash === end - 1 || NOT_KEPT.test(path.slice(slash + 1, end))) return undefined;
    end = slash;
  }
  return path.slice(0, end);
}
