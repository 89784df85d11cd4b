import type { Route } from '../handler.ts';

/**
 * The path of a route that differs from the requested path only by a doubled, missing or trailing slash. `undefined` if no
 * such route exists or the path is correct.
 */
export function pathBySlashes(routes: readonly Route[], asked: string): string | undefined {
  const found = routes.map((route) => meant(route, asked)).find((path) => path !== undefined);
  return found === asked ? undefined : found;
}

function meant({ path, below = false }: Route, asked: string): string | undefined {
  if (below === false) return withoutSlashes(path) === withoutSlashes(asked) ? path : undefined;
  const segments = segmentsOf(asked);
  const root = segmentsOf(path);
  const isBelow =
    segments.length === root.length + Number(below) &&
    root.every((segment, index) => segment === segments[index]);
  return isBelow ? `/${segments.join('/')}` : undefined;
}

const segmentsOf = (path: string): readonly string[] => path.split('/').filter((segment) => segment !== '');

const withoutSlashes = (path: string): string => path.replaceAll('/', '');
