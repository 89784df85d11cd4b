import { expect, test } from 'vitest';
import type { Endpoint, Route } from '../handler.ts';
import { createRouteTable } from './route-table.ts';

const endpoint = (): Endpoint => async () => undefined;
const [first, second, third, fourth] = [endpoint(), endpoint(), endpoint(), endpoint()];
const ROUTES: readonly Route[] = [
  { path: '/here', endpoint: first },
  { path: '/here', below: true, endpoint: second },
  { path: '/here', below: 2, endpoint: third },
  { path: '/here/a', endpoint: fourth },
  { path: '/here', endpoint: fourth },
];

test.each<[path: string, found: readonly Endpoint[]]>([
  ['/here', [first, fourth]],
  ['/here/', []],
  ['//here', []],
  ['/HERE', []],
  ['/her%65', []],
  ['here', []],
  ['', []],
  ['/', []],
  ['/here/a', [second, fourth]],
  ['/here/b', [second]],
  ['/here/%2F', [second]],
  ['/here/a/b', [third]],
  ['/here//b', []],
  ['/here/a/', []],
  ['/here/a/b/c', []],
  ['/there/here/a', []],
  ['/here/..', []],
  ['/here/.', []],
  ['/here/%2e%2E', []],
  ['/here/.%2e', []],
  ['/here/../a', []],
  ['/here/a/%2e', []],
  ['/here/a\\..\\..', []],
  ['/here/...', [second]],
  ['/here/..a', [second]],
  ['/here/%2e%2ea', [second]],
  ['__proto__', []],
])('finds the endpoints of a path as it was sent, in the order of their routes: %s', (path, found) => {
  expect(createRouteTable(ROUTES)(path)).toEqual(found);
});
