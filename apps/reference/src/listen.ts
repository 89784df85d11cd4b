import { createServer, type Server } from 'node:http';
import type { Express } from 'express';
import { isLoopback } from './config.ts';
import { Refused } from './refused.ts';

export interface ListenOptions {
  readonly port: number;
  readonly host?: string | undefined;
  readonly issuer: string;
}

/** How long a request may take to arrive, in milliseconds: head, and head with body. */
const HEADERS_TIMEOUT = 15_000;
const REQUEST_TIMEOUT = 30_000;

/** The addresses of this computer. `localhost` is either, as the asking program likes. */
const LOOPBACK_ADDRESSES = ['127.0.0.1', '::1'];

/**
 * Listens. An issuer that only this computer can reach is not offered to the network.
 *
 * @throws Refused where the port is taken or may not be used
 */
export async function listen(
  app: Express,
  { port, host, issuer }: ListenOptions,
): Promise<readonly Server[]> {
  if (host !== undefined) return [await listenOn(app, port, host)];
  if (!isLoopback(issuer)) return [await listenOn(app, port)];

  const servers: Server[] = [];
  for (const address of LOOPBACK_ADDRESSES) {
    try {
      servers.push(await listenOn(app, port, address));
    } catch (error) {
      if (hasCode(error, 'EAFNOSUPPORT') || hasCode(error, 'EADDRNOTAVAIL')) continue;
      await Promise.all(servers.map(close));
      throw error;
    }
  }
  return servers;
}

/** Stops taking connections, lets answers finish, and cuts off what is idle. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}

function listenOn(app: Express, port: number, host?: string): Promise<Server> {
  const server = createServer({ headersTimeout: HEADERS_TIMEOUT, requestTimeout: REQUEST_TIMEOUT }, app);
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(explained(error, port)));
    server.listen({ port, ...(host !== undefined && { host }) }, () => resolve(server));
  });
}

function explained(error: Error, port: number): Error {
  if (hasCode(error, 'EADDRINUSE')) {
    return new Refused(
      `Port ${port} is taken by another program. Stop that program, or choose another port: PORT=${port + 1}`,
    );
  }
  if (hasCode(error, 'EACCES')) {
    return new Refused(`Port ${port} may not be used by this account. Choose one above 1023: PORT=4000`);
  }
  return error;
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
