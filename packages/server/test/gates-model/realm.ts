import { apiSecretHash } from '@vestibule/core/operator';
import { type Realm, realmSettings } from '@vestibule/core/realm';
import { sha256 } from '@vestibule/http';
import { ISSUER } from '../set-up.ts';

/** Every gate of the realm. `admin` is a scope that never opens. */
export const GATES = ['realm', 'documents', 'notes', 'mail', 'read', 'write', 'send'] as const;
export type GateId = (typeof GATES)[number];

/** Which of them are open. */
export type Gates = Readonly<Record<GateId, boolean>>;

export type ApiId = 'notes' | 'mail';
export type ScopeName = 'read' | 'write' | 'send' | 'admin';

export const RESOURCES: Readonly<Record<ApiId, string>> = {
  notes: 'https://notes.example/mcp',
  mail: 'https://mail.example',
};

/** The scopes of each API. */
export const SCOPES: Readonly<Record<ApiId, readonly ScopeName[]>> = {
  notes: ['read', 'write', 'admin'],
  mail: ['read', 'send'],
};

export const ALL_OPEN: Gates = {
  realm: true,
  documents: true,
  notes: true,
  mail: true,
  read: true,
  write: true,
  send: true,
};

/** Limits that no test reaches. */
const LIMITS = {
  attemptsPerAddressPerHour: 1e6,
  perAddressPerHour: 1e6,
  siteTimes: 1,
  organizationTimes: 1,
  perRealmPerDay: 1e6,
  organizationPercentOfDay: 100,
  updatesPerRealmPerDay: 1e6,
  organizationPercentOfHour: 100,
  perOriginPerHour: 1e6,
  perRedirectUrisPerHour: 1e6,
  authorizationsPerAddressPerHour: 1e6,
  awakeClients: 1e6,
};

const DOCUMENT_LIMITS = { perAddressPerHour: 1e6, perHostPerDay: 1e6, perRealmPerDay: 1e6 };

/** The secret of each API for introspection. */
export const secretOf = (api: ApiId): string => `secret-of-${api}`;

/** A realm with everything open that can be. */
export const openRealm: Realm = {
  id: 'main',
  name: 'Main',
  issuer: ISSUER,
  settings: realmSettings({
    consent: { minimumReadingTime: 0 },
    registration: { open: true, mode: 'both', coalesce: false, limits: LIMITS },
    metadataDocuments: { open: true, limits: DOCUMENT_LIMITS },
  }),
  apis: await Promise.all(
    (['notes', 'mail'] as const).map(async (id) => ({
      id,
      name: id,
      resource: RESOURCES[id],
      scopes: SCOPES[id],
      openToDynamicClients: true,
      secretHashes: [apiSecretHash(sha256, secretOf(id))],
    })),
  ),
  scopes: (['read', 'write', 'send', 'admin'] as const).map((name) => ({
    name,
    description: name,
    openToDynamicClients: name !== 'admin',
  })),
};
