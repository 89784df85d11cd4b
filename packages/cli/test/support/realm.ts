import { type PartialRealmSettings, type Realm, realmSettings } from '@vestibule/core/realm';

/** A realm with open registration, an open API and scope, and a closed API and scope. */
export const realmWith = (settings: PartialRealmSettings = {}, id = 'main'): Realm => ({
  id,
  name: 'Acme',
  issuer: `https://${id}.example`,
  settings: realmSettings({ ...settings, registration: { open: true, ...settings.registration } }),
  apis: [
    {
      id: 'notes',
      name: 'Notes',
      resource: 'https://notes.example/mcp',
      scopes: ['notes:read', 'notes:admin'],
      openToDynamicClients: true,
    },
    {
      id: 'mail',
      name: 'Mail',
      resource: 'https://mail.example',
      scopes: ['notes:read'],
      openToDynamicClients: false,
    },
  ],
  scopes: [
    { name: 'notes:read', description: 'Read your notes', openToDynamicClients: true },
    { name: 'notes:admin', description: 'Delete every note', openToDynamicClients: false },
  ],
});

/** When clients of the tests registered. */
export const REGISTERED = Date.parse('2026-11-01T12:00:00Z');
