import type { Route } from '../handler.ts';

/**
 * The path that somebody meant who asked for one that differs from a route's in slashes alone: one too many, or one too
 * few. `undefined` where there is none, or where the path is right.
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
