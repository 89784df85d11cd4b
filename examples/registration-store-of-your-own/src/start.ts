import { serve } from '@hono/node-server';
import { once } from 'node:events';
import { createApplication, type Application } from './app.ts';
import { createStores } from './store/stores.ts';
import { openTables } from './store/tables.ts';

const MINUTE = 60_000;

/** An application that runs. */
export interface Started extends Pick<Application, 'sweep'> {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts the application on a port of this computer, with its tables in a file. */
export async function start(port: number, file: string, clock = Date.now): Promise<Started> {
  const url = `http://127.0.0.1:${port}`;
  const tables = openTables(file);
  const { app, sweep } = createApplication(url, createStores(tables), clock);
  const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' });
  await once(server, 'listening');
  const timer = setInterval(() => void sweep(), MINUTE);
  return {
    url,
    sweep,
    stop: async () => {
      clearInterval(timer);
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await once(server, 'close');
      tables.close();
    },
  };
}
