import { ADA } from './people.ts';

/** Tests submit pages at once. */
export const NO_WAIT = { minimumReadingTime: 0 } as const;

/** A realm, as a seed file describes it. */
export const OPEN_REALM = {
  realm: {
    id: 'test',
    name: 'Test realm',
    settings: {
      registration: {
        open: true,
        limits: {
          attemptsPerAddressPerHour: 100_000,
          perAddressPerHour: 100_000,
          perRealmPerDay: 100_000,
          authorizationsPerAddressPerHour: 100_000,
        },
      },
      consent: NO_WAIT,
    },
  },
  scopes: [
    { name: 'notes:read', description: 'Read your notes', openToDynamicClients: true },
    { name: 'mcp:read', description: 'Read', openToDynamicClients: true },
    { name: 'mcp:write', description: 'Write', openToDynamicClients: true },
    { name: 'notes:admin', description: 'Delete every note', openToDynamicClients: false },
  ],
  apis: [
    {
      id: 'notes',
      name: 'Notes',
      resource: '/mcp',
      scopes: ['notes:read', 'mcp:read', 'mcp:write', 'notes:admin'],
      openToDynamicClients: true,
    },
    {
      id: 'mail',
      name: 'Mail',
      resource: 'https://mail.example',
      scopes: ['mcp:read'],
      openToDynamicClients: true,
    },
  ],
  people: [ADA],
} as const;

/** The bearer token of the operator's programs. */
export const OPERATOR_TOKEN = 'an-operator-of-tests-who-has-32-or-more';
