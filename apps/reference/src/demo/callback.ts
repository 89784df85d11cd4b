import { once } from 'node:events';
import { createServer } from 'node:http';

/** An agent's ear on this computer: a port of its own, to which the browser comes back. */
export interface Callback {
  readonly url: string;
  /** The parameters that the browser brought. */
  readonly arrival: Promise<URLSearchParams>;
  close(): void;
}

/** Listens on whatever port is free, as agents on a computer do (RFC 8252 §7.3). */
export async function listenForCallback(): Promise<Callback> {
  const arrived = Promise.withResolvers<URLSearchParams>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    response.end('You can close this page.');
    if (url.pathname === '/callback') arrived.resolve(url.searchParams);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/callback`,
    arrival: arrived.promise,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
