/** What a realm holds besides its settings, which the package under test parses. */
export interface RealmParts {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly apis: readonly ApiParts[];
  readonly scopes: readonly ScopeParts[];
}

export interface ApiParts {
  readonly id: string;
  readonly name: string;
  readonly resource: string;
  readonly scopes: readonly string[];
  readonly openToDynamicClients: boolean;
}

export interface ScopeParts {
  readonly name: string;
  readonly description: string;
  readonly openToDynamicClients: boolean;
}

/** A realm without APIs and scopes. */
export const EMPTY_REALM = {
  id: 'main',
  name: 'Main',
  issuer: 'https://id.example',
  apis: [],
  scopes: [],
} as const satisfies RealmParts;

/** An open scope. */
export const READ_NOTES: ScopeParts = {
  name: 'notes:read',
  description: 'Read notes',
  openToDynamicClients: true,
};

/** A realm with two scopes for dynamic clients, one that they cannot get, and an API that knows all three. */
export const NOTES_REALM = {
  ...EMPTY_REALM,
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
    READ_NOTES,
    { name: 'notes:write', description: 'Write notes', openToDynamicClients: true },
    { name: 'notes:admin', description: 'Delete notes', openToDynamicClients: false },
  ],
} as const satisfies RealmParts;
