import { DatabaseSync } from 'node:sqlite';
import { oauthProvider } from '@better-auth/oauth-provider';
import { realmSettings } from '@vestibule/core/realm';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { jwt } from 'better-auth/plugins';
import { registrationPolicy } from './registration-policy.ts';

/** A better-auth with its OAuth provider, where agents register under the policy for dynamic clients. */
export async function createAuth(origin: string) {
  const settings = realmSettings({ registration: { reservedNames: ['Acme'] } }).registration;
  const resource = `${origin}/mcp`;
  const options = {
    database: new DatabaseSync(':memory:'),
    baseURL: origin,
    secret: 'a-secret-of-at-least-thirty-two-characters',
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { level: 'error' as const },
    hooks: { before: registrationPolicy({ issuer: origin, settings, scopes: [] }) },
    plugins: [
      jwt(),
      oauthProvider({
        loginPage: '/sign-in',
        consentPage: '/consent',
        scopes: ['openid', 'offline_access', 'notes'],
        allowDynamicClientRegistration: true,
        allowUnauthenticatedClientRegistration: true,
        resources: [resource],
        enforcePerClientResources: false,
        silenceWarnings: { oauthAuthServerConfig: true, openidConfig: true },
      }),
    ],
  };
  const { runMigrations } = await getMigrations(options);
  await runMigrations();
  return betterAuth(options);
}
