import { createAdapterApp } from '@vestibule/testing/adapter-routes';
import { testAdapter } from '@vestibule/testing/adapters';
import { listening } from '@vestibule/testing/listening';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json, programEndpoint, readText } from '../src/index.ts';
import { serveRoutes } from '../src/node/index.ts';

testAdapter('node:http', () => {
  const { mounts, record } = createAdapterApp({ json, readText, programEndpoint });
  const ip = ({ socket }: IncomingMessage): string => socket.remoteAddress ?? '';
  const servers = mounts.map((mount) => serveRoutes({ ...mount, ip }));

  async function respond(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    try {
      for (const serve of servers) if (await serve(incoming, outgoing)) return;
      outgoing.writeHead(404).end();
    } catch (error) {
      record(error);
      if (!outgoing.headersSent) outgoing.writeHead(500).end();
    }
  }
  return listening(createServer((incoming, outgoing) => void respond(incoming, outgoing)));
});
