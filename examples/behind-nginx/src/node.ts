import { notesRoutes } from '@vestibule/example-notes';
import { createVestibule, stopOnSignal } from '@vestibule/node';

/** One of several nodes. Everything that a node remembers is in the database, so any node can go on where another one died. */
const { PORT = '', ISSUER: issuer = '', DATABASE_URL: database = '', KEY_SECRET = '' } = process.env;
const vestibule = await createVestibule({
  database,
  keyEncryption: { from: 'secrets', secrets: [KEY_SECRET] },
  // One proxy is in front: the last address in X-Forwarded-For is the one that it saw, and those before it are claims.
  trustProxy: 1,
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
      people: [{ username: 'ada', name: 'Ada Lovelace', password: 'a horse of her own' }],
    },
  ],
});
await vestibule.listen({ port: Number(PORT), host: '127.0.0.1' });
stopOnSignal()(() => vestibule.stop());
