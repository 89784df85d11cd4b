import type { RealmRecord } from '@vestibule/core/realm';
import { apiSecretHash } from '@vestibule/core/operator';
import { sha256 } from '@vestibule/http';

/** The realms of the simulation, by id. */
export const ISSUERS = { main: 'https://id.example', other: 'https://other.example' } as const;
export type RealmId = keyof typeof ISSUERS;
export const REALM_IDS: readonly [RealmId, ...RealmId[]] = ['main', 'main', 'main', 'other'];

export const RESOURCES = { notes: 'https://notes.example/mcp', mail: 'https://mail.example' } as const;
export type ApiId = keyof typeof RESOURCES;
export const API_IDS: readonly [ApiId, ...ApiId[]] = ['notes', 'notes', 'mail'];

export const CALLBACK = 'https://app.example/cb';

/** The secret with which an API introspects. */
export const secretOf = (api: ApiId): string => `secret-of-${api}`;

const SCOPES = ['read', 'write', 'send', 'admin'] as const;

/** The limits at the beginning: low, so that they are reached. */
const LIMITS = {
  perAddressPerHour: 3,
  organizationTimes: 3,
  perRealmPerDay: 10,
  organizationPercentOfDay: 70,
  awakeClients: 7,
};

/** A realm in which every gate is open except for one scope that stays closed. */
export function realmRecord(id: RealmId): RealmRecord {
  const api = (name: ApiId, scopes: readonly string[]) => ({
    id: name,
    name,
    resource: RESOURCES[name],
    scopes,
    openToDynamicClients: true,
    dpop: 'offered' as const,
    secretHashes: [apiSecretHash(sha256, secretOf(name))],
  });
  return {
    id,
    name: id,
    issuer: ISSUERS[id],
    settings: {
      consent: { minimumReadingTime: 0 },
      registration: { open: true, mode: 'both', management: { enabled: true }, limits: LIMITS },
    },
    apis: [api('notes', ['read', 'write', 'admin']), api('mail', ['read', 'send'])],
    scopes: SCOPES.map((name) => ({ name, description: name, openToDynamicClients: name !== 'admin' })),
  };
}

/** The people of each realm. */
export const PEOPLE = ['ada', 'grace'] as const;
export type PersonName = (typeof PEOPLE)[number];
