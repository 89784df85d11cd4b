import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import { onTestFinished } from 'vitest';
import type { Certificate } from './certificates.ts';

/** A host on loopback with HTTPS, until the end of the test. It writes what a test says, so it can break every rule. */
export interface HttpsHost {
  readonly port: number;
  /** The heads of the requests: the lines until the empty one. */
  readonly requests: readonly string[];
  /** How many TCP connections were made to it, with or without TLS. */
  readonly connections: () => number;
  /** How many of them are still open. */
  readonly openConnections: () => number;
}

/** Writes a response, or a part of one. */
export type Respond = (socket: TLSSocket, request: string) => void;

/** Starts a host. @param at where it listens @default a free port of 127.0.0.1 */
export async function startHttpsHost(
  certificate: Certificate,
  respond: Respond,
  at: { readonly host: string; readonly port: number } = { host: '127.0.0.1', port: 0 },
): Promise<HttpsHost> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer({ ...certificate, ALPNProtocols: ['http/1.1'] }, (socket) => {
    let head = '';
    const read = (chunk: Buffer): void => {
      head += chunk.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      socket.off('data', read);
      // Reads on, because a connection of which one end is not read does not close.
      socket.resume();
      requests.push(head.slice(0, head.indexOf('\r\n\r\n')));
      respond(socket, head);
    };
    socket.on('data', read);
    socket.on('error', () => undefined);
  });
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('tlsClientError', () => undefined);
  server.listen(at);
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return {
    port: typeof address === 'object' ? (address?.port ?? 0) : 0,
    requests,
    connections: () => connections,
    openConnections: () => sockets.size,
  };
}

/** Responds with JSON and a status of 200. */
export const respondWithJson =
  (body: unknown, headers: Readonly<Record<string, string>> = {}): Respond =>
  (socket) => {
    const text = JSON.stringify(body);
    const lines = Object.entries({
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(text)),
      ...headers,
    }).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(`HTTP/1.1 200 OK\r\n${lines.join('')}\r\n${text}`);
  };
