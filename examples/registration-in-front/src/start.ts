import type { Express } from 'express';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createExistingServer } from './existing/server.ts';
import { createFront } from './front/front.ts';

/** The person whom the server that exists knows. */
export const ADA = { username: 'ada', password: 'a horse of her own' };

/** Both servers, each on a port of this computer. */
export interface Started {
  readonly issuer: string;
  readonly registrationEndpoint: string;
  /** Stops the server that exists. */
  stopExisting(): void;
  /** Starts it again. */
  startExisting(): Promise<void>;
  stop(): void;
}

/** Starts an authorization server without registration, and registration in front of it. */
export async function start(port: number, existingPort: number, api: string): Promise<Started> {
  const [origin, issuer] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${existingPort}`];
  const registrationEndpoint = `${origin}/connect/register`;
  const token = randomBytes(32).toString('base64url');
  const existing = createExistingServer({ issuer, api, registrationEndpoint, adminToken: token });
  const front = await createFront({
    origin,
    issuer,
    api,
    adminApi: { clients: `${issuer}/admin/clients`, token },
    database: 'sqlite::memory:',
  });
  let stopExisting = await listen(existing, existingPort);
  const stopFront = await listen(front, port);
  return {
    issuer,
    registrationEndpoint,
    stopExisting: () => stopExisting(),
    startExisting: async () => void (stopExisting = await listen(existing, existingPort)),
    stop: () => {
      stopExisting();
      stopFront();
    },
  };
}

async function listen(app: Express, port: number): Promise<() => void> {
  const server = app.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return () => {
    server.closeAllConnections();
    server.close();
  };
}
