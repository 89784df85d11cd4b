import { Refused } from '@vestibule/cli';
import { createServer, type RequestListener, type Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { isLoopback } from './config.ts';
import { answerClientErrors } from './edge/client-errors.ts';
import { edgeError, sendEdgeError } from './edge/edge-error.ts';
import { withOneHost } from './edge/host-header.ts';
import { answersPreflight } from './edge/preflight.ts';
import { limitPipelining } from './pipelining.ts';

export interface ListenOptions {
  readonly port: number;
  readonly host?: string | undefined;
  readonly issuer: string;
  readonly timeouts?: Partial<Timeouts>;
}

/** How long others may take, in milliseconds. Who takes longer is cut off. */
export interface Timeouts {
  /** For the head of a request, and to begin one on a new connection. @default 15000 */
  readonly head: number;
  /** For a whole request. @default 30000 */
  readonly request: number;
  /** For anything at all to move on a connection: who never reads the answer holds it no longer. @default 120000 */
  readonly idle: number;
  /** How often the first two are looked at, which they can be late by. @default 5000 */
  readonly interval: number;
}

/** The port, taken. Until it serves something, it answers that it is not ready yet. */
export interface Listening {
  serve(app: RequestListener): void;
  /** Stops taking connections, lets answers finish for a while, and then cuts off what is left. */
  close(): Promise<void>;
}

const TIMEOUTS: Timeouts = { head: 15_000, request: 30_000, idle: 120_000, interval: 5_000 };

/** How long answers may take to finish when the app stops, in milliseconds. */
const CLOSING_TIME = 5_000;

/** The addresses of this computer. `localhost` is either, as the asking program likes. */
const LOOPBACK_ADDRESSES = ['127.0.0.1', '::1'];

/**
 * Listens. An issuer that only this computer can reach is not offered to the network.
 *
 * @throws Refused where the port is taken or may not be used, or the address is not one of this computer
 */
export async function listen({ port, host, issuer, timeouts }: ListenOptions): Promise<Listening> {
  let serving: RequestListener = notReady;
  const newServer = (): Server =>
    createTimedServer({ ...TIMEOUTS, ...timeouts }, (request, response) => serving(request, response));
  const servers = await listenEverywhere(newServer, port, host, isLoopback(issuer));
  return {
    serve: (app) => {
      serving = app;
    },
    close: async () => {
      await Promise.all(servers.map(close));
    },
  };
}

const STARTING = edgeError(503, 'temporarily_unavailable', 'the server is starting; try again in a second', {
  'retry-after': '1',
  connection: 'close',
});

const notReady: RequestListener = (request, response) => {
  if (request.url === '/healthz') {
    response.writeHead(200, { 'content-type': 'application/json' });
    return response.end('{"status":"ok"}');
  }
  if (answersPreflight(request, response)) return response;
  if (request.headers.accept?.includes('text/html') !== true) return sendEdgeError(response, STARTING);
  const { 'content-length': _length, ...headers } = STARTING.headers;
  response.writeHead(503, { ...headers, 'content-type': 'text/plain' });
  return response.end('Vestibule is starting.\n');
};

/** A server that waits for nobody for longer than is said. */
function createTimedServer({ head, request, idle, interval }: Timeouts, handler: RequestListener): Server {
  const server = createServer(
    // What is wrong with `Host` is said by us, so that pages can read it.
    {
      headersTimeout: head,
      requestTimeout: request,
      connectionsCheckingInterval: interval,
      requireHostHeader: false,
    },
    limitPipelining(withOneHost(handler)),
  );
  return answerClientErrors(server).setTimeout(idle);
}

async function listenEverywhere(
  newServer: () => Server,
  port: number,
  host: string | undefined,
  onlyHere: boolean,
): Promise<readonly Server[]> {
  if (host !== undefined || !onlyHere) return [await listenOn(newServer(), port, host)];

  const servers: Server[] = [];
  for (const address of LOOPBACK_ADDRESSES) {
    try {
      servers.push(await listenOn(newServer(), port, address));
    } catch (error) {
      if (error instanceof NoSuchAddress && servers.length > 0) continue;
      await Promise.all(servers.map(close));
      throw error;
    }
  }
  return servers;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  await Promise.race([closed, pause(CLOSING_TIME, undefined, { ref: false })]);
  server.closeAllConnections();
  await closed;
}

/** The address is not one of this computer: a machine without IPv6, for one. */
class NoSuchAddress extends Refused {}

function listenOn(server: Server, port: number, host?: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(explained(error, port, host)));
    server.listen({ port, ...(host !== undefined && { host }) }, () => resolve(server));
  });
}

function explained(error: Error & { readonly code?: string }, port: number, host = ''): Error {
  switch (error.code ?? '') {
    case 'EADDRINUSE':
      return new Refused(
        `Port ${port} is taken by another program. Stop that program, or choose another port: PORT=${port === 65_535 ? 4000 : port + 1}`,
      );
    case 'EACCES':
      return new Refused(`Port ${port} may not be used by this account. Choose one above 1023: PORT=4000`);
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new NoSuchAddress(
        `HOST=${host} is not an address of this computer. Try HOST=127.0.0.1, or leave it out.`,
      );
    default:
      return error;
  }
}
