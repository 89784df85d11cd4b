import type { NewRealm } from '@vestibule/node';

/**
 * What this server protects, and for whom. It is created at the first start. Afterwards the database decides: change it with
 * `npx @vestibule/cli`, or delete the database while you try things out.
 *
 * @param issuer the public URL of this server
 * @param password of the first person
 */
export const realmAt = (issuer: string, password: string) =>
  ({
    realm: {
      id: 'main',
      name: '{{apiName}}',
      issuer,
      // The first gate: agents may register, or be known by a metadata document.
      settings: { registration: { open: true }, metadataDocuments: { open: true } },
    },
    // The other two gates: the scopes and the API are open to agents without approval.
    scopes: [{ name: '{{apiId}}:read', description: 'Read from {{apiName}}', openToDynamicClients: true }],
    apis: [
      {
        id: '{{apiId}}',
        name: '{{apiName}}',
        resource: new URL('{{resource}}', issuer).href,
        scopes: ['{{apiId}}:read'],
        openToDynamicClients: true,
      },
    ],
    people: [{ username: 'ada', name: 'Ada', password }],
  }) satisfies NewRealm;
