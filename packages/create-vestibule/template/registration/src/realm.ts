import { completeRealm, type Realm } from '@vestibule/core/realm';

/**
 * Who may register, and what for. This file decides: change it and start again.
 *
 * @param issuer the URL of your authorization server
 */
export const realmAt = (issuer: string): Realm =>
  completeRealm({
    id: 'main',
    name: '{{apiName}}',
    issuer,
    // The first gate: agents may register.
    settings: { registration: { open: true } },
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
  });
