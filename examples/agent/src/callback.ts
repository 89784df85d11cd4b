import { once } from 'node:events';
import { createServer } from 'node:http';

/** The redirect endpoint of an agent on this computer, on a port of its own. */
export interface Callback {
  readonly url: string;
  /** The parameters of the authorization response. */
  readonly arrival: Promise<URLSearchParams>;
  close(): void;
}

/**
 * Listens on a free port, as native agents do.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8252#section-7.3 RFC 8252 §7.3}
 */
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
