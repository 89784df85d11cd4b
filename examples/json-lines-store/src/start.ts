import { createVestibule } from '@vestibule/node';
import { createMemoryRateLimiter } from '@vestibule/rate-limit';
import { notesRoutes } from '@vestibule/example-notes';
import { openLedger } from './stores/ledger.ts';
import { createFileStores } from './stores/stores.ts';

/** The person who can sign in. */
export const ADA = { username: 'ada', name: 'Ada Lovelace', password: 'a horse of her own' };

/** A server that runs. */
export interface Started {
  /** The address to give to an agent. */
  readonly resource: string;
  stop(): Promise<void>;
}

/** Starts a whole server, with a small MCP server to protect. All that it stores is in one file of JSON lines. */
export async function start(port: number, file: string): Promise<Started> {
  const issuer = `http://127.0.0.1:${port}`;
  const ledger = await openLedger(file);
  const vestibule = await createVestibule({
    database: { stores: createFileStores(ledger), limiter: createMemoryRateLimiter() },
    routesBeside: notesRoutes,
    realms: [
      {
        realm: { id: 'main', name: 'Acme', issuer, settings: { registration: { open: true } } },
        scopes: [{ name: 'notes:read', description: 'Read your notes', openToDynamicClients: true }],
        apis: [
          {
            id: 'notes',
            name: 'Notes',
            resource: `${issuer}/mcp`,
            scopes: ['notes:read'],
            openToDynamicClients: true,
          },
        ],
        people: [ADA],
      },
    ],
  });
  await vestibule.listen({ port });
  return {
    resource: `${issuer}/mcp`,
    stop: async () => {
      await vestibule.stop();
      await ledger.close();
    },
  };
}
