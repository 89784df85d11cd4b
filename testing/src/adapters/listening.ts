import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AdapterServer } from './test-adapter.ts';

/** Lets a server of Node listen on a free port. */
export async function listening(server: Server): Promise<AdapterServer> {
  if (!server.listening) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    at: `http://127.0.0.1:${address.port}`,
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
