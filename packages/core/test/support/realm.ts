import type { PartialRealmSettings, Realm } from '../../src/index.ts';
import { realmSettings } from '../../src/index.ts';

/** The time at which tests begin. */
export const NOW: number = Date.UTC(2026, 10, 23, 12, 0, 0);

/** The settings for registration of a realm. */
export type Registration = NonNullable<PartialRealmSettings['registration']>;

/** An open realm with two scopes for dynamic clients, one that is closed to them, and an API with all three. */
export const realmWith = (registration: Registration = {}, others: PartialRealmSettings = {}): Realm => ({
  id: 'main',
  name: 'Main',
  issuer: 'https://id.example',
  settings: realmSettings({ ...others, registration: { open: true, ...registration } }),
  apis: [
    {
      id: 'notes',
      name: 'Notebook',
      resource: 'https://notes.example/mcp',
      scopes: ['notes:read', 'notes:write', 'notes:admin'],
      openToDynamicClients: true,
    },
  ],
  scopes: [
    { name: 'notes:read', description: 'Read notes', openToDynamicClients: true },
    { name: 'notes:write', description: 'Write notes', openToDynamicClients: true },
    { name: 'notes:admin', description: 'Delete notes', openToDynamicClients: false },
  ],
});
