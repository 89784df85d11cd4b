import { createResourceServer, type ResourceServerOptions } from '@vestibule/resource-server';
import { requireToken, serveMetadata, tokenOf } from '@vestibule/resource-server/express';
import express, { type Express } from 'express';

/** The scopes of this API, in words for people. */
export const SCOPES = { 'orders:read': 'Read your orders', 'orders:write': 'Place orders' };

/** An API with orders: each person sees their own. */
export function createOrders(options: ResourceServerOptions): Express {
  const server = createResourceServer({ name: 'Orders', scopes: Object.keys(SCOPES), ...options });
  const { pathname } = new URL(options.resource);
  const orders = new Map<string, string[]>();
  const ordersOf = (request: object): string[] => {
    const { subject } = tokenOf(request);
    const own = orders.get(subject) ?? [];
    orders.set(subject, own);
    return own;
  };

  const app = express();
  // Where a client that got a 401 learns which authorization server issues tokens for this API.
  app.get(server.metadataPath, serveMetadata(server));
  app.get(pathname, requireToken(server, ['orders:read']), (request, response) => {
    response.json(ordersOf(request));
  });
  app.post(pathname, requireToken(server, ['orders:write']), express.text(), (request, response) => {
    ordersOf(request).push(String(request.body));
    response.sendStatus(201);
  });
  return app;
}
