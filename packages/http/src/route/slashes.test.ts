import { expect, test } from 'vitest';
import { json } from '../response/json.ts';
import type { Route } from '../handler.ts';
import { pathBySlashes } from './slashes.ts';

const endpoint: Route['endpoint'] = async () => json(200, {});
const ROUTES: readonly Route[] = [
  { path: '/connect/token', endpoint },
  { path: '/realms/acme/connect/token', endpoint },
  { path: '/.well-known/oauth-authorization-server', endpoint },
  { path: '/mcp/', endpoint },
  { path: '/connect/register', below: true, endpoint },
  { path: '/connect/at', below: 2, endpoint },
];

test.each<[string, string | undefined]>([
  ['/connect/token/', '/connect/token'],
  ['/connect/token//', '/connect/token'],
  ['//connect/token', '/connect/token'],
  ['/connect//token', '/connect/token'],
  ['/connecttoken', '/connect/token'],
  ['/realms/acmeconnect/token', '/realms/acme/connect/token'],
  ['/.well-known/oauth-authorization-server/', '/.well-known/oauth-authorization-server'],
  ['/mcp', '/mcp/'],
  ['/connect/register//dyn-1', '/connect/register/dyn-1'],
  ['/connect/register/dyn-1/', '/connect/register/dyn-1'],
  ['/connect/at/x/consent/', '/connect/at/x/consent'],
  ['/connect/token', undefined],
  ['/connect/register/dyn-1', undefined],
  ['/connect/register/dyn-1/x', undefined],
  ['/connect/register', undefined],
  ['/connect/tokens', undefined],
  ['/CONNECT/TOKEN', undefined],
  ['/connect%2Ftoken', undefined],
  ['/', undefined],
  ['', undefined],
])('%s: %s', (asked, expected) => {
  expect(pathBySlashes(ROUTES, asked)).toBe(expected);
});
