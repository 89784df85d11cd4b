import { Refused } from '@vestibule/database';
import { isLoopbackUrl } from '@vestibule/http';
import { createServer, type RequestListener, type Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { OPTION_NAMES, type SettingNames } from '../setting-names.ts';
import { forgeableAddresses } from '../warnings/forgeable-addresses.ts';
import { answerClientErrors } from './client-errors.ts';
import { type EdgeError, edgeError, sendEdgeError } from './edge-error.ts';
import { withOneHost } from './host-header.ts';
import { limitPipelining } from './limit-pipelining.ts';
import { answersPreflight } from './preflight.ts';

/** Options of `listen`: where, for which issuers, and with which time limits. */
export interface ListenOptions {
  readonly port: number;
  /** The address to listen on. @default loopback addresses if all issuers are loopback URLs, otherwise all addresses */
  readonly host?: string | undefined;
  /** The issuers that are served. */
  readonly issuers: readonly string[];
  /** Time limits for clients. */
  readonly timeouts?: Partial<Timeouts>;
  /** Proxies whose `X-Forwarded-For` the app trusts, for a warning if clients can bypass them. @default false */
  readonly trustProxy?: string | number | false;
  /** Called with each warning for the operator. @default nothing */
  readonly onWarning?: (warning: string) => void;
  /** What messages call the settings. @default the names of these options */
  readonly names?: SettingNames;
}

/** Time limits for clients, in milliseconds. Slower connections are closed. */
export interface Timeouts {
  /** For the head of a request, and for its start on a new connection. @default 15000 */
  readonly head: number;
  /** For a whole request. @default 30000 */
  readonly request: number;
  /** For any activity on a connection, so that a client which never reads a response cannot hold it. @default 120000 */
  readonly idle: number;
  /** How often the first two limits are checked, and so the longest delay of their enforcement. @default 5000 */
  readonly interval: number;
}

/** A server that listens. Until it serves an app, it responds that it is not ready yet. */
export interface Listening {
  serve(app: RequestListener): void;
  /** Stops accepting connections, lets responses finish for a while, and then closes the remaining connections. */
  close(): Promise<void>;
}

const TIMEOUTS: Timeouts = { head: 15_000, request: 30_000, idle: 120_000, interval: 5_000 };

/** How long responses may take to finish when the app stops, in milliseconds. */
const CLOSING_TIME = 5_000;

/** The loopback addresses. Clients resolve `localhost` to either of them. */
const LOOPBACK_ADDRESSES = ['127.0.0.1', '::1'];

/**
 * Listens on a port. If all issuers are loopback URLs, it listens on loopback addresses only.
 *
 * @throws Refused if the port is in use or not permitted, or the address is not one of this computer
 */
export async function listen({
  port,
  host,
  issuers,
  timeouts,
  trustProxy = false,
  onWarning,
  names = OPTION_NAMES,
}: ListenOptions): Promise<Listening> {
  let serving: RequestListener = notReady;
  const newServer = (): Server =>
    createTimedServer({ ...TIMEOUTS, ...timeouts }, (request, response) => serving(request, response));
  const listenAt = (address?: string): Promise<Server> => listenOn(newServer(), port, names, address);
  const servers =
    host === undefined && issuers.length > 0 && issuers.every(isLoopbackUrl)
      ? await listenOnLoopback(listenAt)
      : [await listenAt(host)];
  const warning = forgeableAddresses({ trustProxy, host, issuers }, names);
  if (warning !== undefined) onWarning?.(warning);
  return {
    serve: (app) => {
      serving = app;
    },
    close: async () => {
      await Promise.all(servers.map(close));
    },
  };
}

const starting = (): EdgeError =>
  edgeError(503, 'temporarily_unavailable', 'the server is starting; try again in a second', {
    'retry-after': '1',
    connection: 'close',
  });

const notReady: RequestListener = (request, response) => {
  if (request.url === '/healthz') {
    response.writeHead(200, { 'content-type': 'application/json' });
    return response.end('{"status":"ok"}');
  }
  if (answersPreflight(request, response)) return response;
  if (request.headers.accept?.includes('text/html') !== true) return sendEdgeError(response, starting());
  const { 'content-length': _length, ...headers } = starting().headers;
  response.writeHead(503, { ...headers, 'content-type': 'text/plain' });
  return response.end('Vestibule is starting.\n');
};

/** Creates a server that enforces the time limits. */
function createTimedServer({ head, request, idle, interval }: Timeouts, handler: RequestListener): Server {
  const server = createServer(
    // `withOneHost` refuses an invalid `Host` instead, with a response that pages can read.
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

async function listenOnLoopback(listenAt: (address: string) => Promise<Server>): Promise<readonly Server[]> {
  const servers: Server[] = [];
  for (const address of LOOPBACK_ADDRESSES) {
    try {
      servers.push(await listenAt(address));
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

/** The address is not one of this computer, for example `::1` on a machine without IPv6. */
class NoSuchAddress extends Refused {}

function listenOn(server: Server, port: number, names: SettingNames, host?: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(explained(error, names, port, host)));
    server.listen({ port, ...(host !== undefined && { host }) }, () => resolve(server));
  });
}

function explained(
  error: Error & { readonly code?: string },
  names: SettingNames,
  port: number,
  host = '',
): Error {
  const setPort = (value: number): string => `${names.port}${names.assign}${value}`;
  const setHost = (value: string): string => `${names.host}${names.assign}${value}`;
  switch (error.code ?? '') {
    case 'EADDRINUSE':
      return new Refused(
        `Port ${port} is in use by another program. Stop that program, or choose another port: ${setPort(port === 65_535 ? 4000 : port + 1)}`,
      );
    case 'EACCES':
      return new Refused(
        `This account is not permitted to listen on port ${port}. Choose a port above 1023: ${setPort(4000)}`,
      );
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new NoSuchAddress(
        `${setHost(host)} is not an address of this computer. Set ${setHost('127.0.0.1')}, or leave ${names.host} unset.`,
      );
    default:
      return error;
  }
}
