import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import { onTestFinished } from 'vitest';

/** A server of Node that listens. */
export interface ListeningServer {
  /** Its origin, such as `http://127.0.0.1:4711`. */
  readonly at: string;
  /** Ends it, with all its connections. */
  close(): Promise<void>;
}

/** Lets a server of Node listen on a free port. @param host where it listens @default 127.0.0.1 */
export async function listening(server: Server | HttpsServer, host = '127.0.0.1'): Promise<ListeningServer> {
  if (!server.listening) {
    server.listen(0, host);
    await once(server, 'listening');
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    at: `${'setSecureContext' in server ? 'https' : 'http'}://${host}:${address.port}`,
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Lets a server of Node listen on a free port until the end of the test, and returns its origin. */
export async function listeningUntilEnd(server: Server | HttpsServer, host?: string): Promise<string> {
  const { at, close } = await listening(server, host);
  onTestFinished(close);
  return at;
}
