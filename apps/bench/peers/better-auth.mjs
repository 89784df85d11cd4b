// better-auth with its OAuth provider: dynamic registration without authentication, JWT access tokens, better-sqlite3.
import { oauthProvider } from '@better-auth/oauth-provider';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { toNodeHandler } from 'better-auth/node';
import { jwt } from 'better-auth/plugins';
import Database from 'better-sqlite3';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { join } from 'node:path';

const { PORT, FOLDER, RESOURCE, SCOPE } = process.env;
const database = new Database(join(FOLDER, 'better-auth.db'));
database.pragma('journal_mode = WAL');
database.pragma('synchronous = NORMAL');

const options = {
  database,
  baseURL: `http://127.0.0.1:${PORT}`,
  secret: randomBytes(32).toString('hex'),
  emailAndPassword: { enabled: true },
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  logger: { level: 'error' },
  plugins: [
    jwt(),
    oauthProvider({
      loginPage: '/sign-in',
      consentPage: '/consent',
      scopes: ['openid', 'offline_access', SCOPE],
      allowDynamicClientRegistration: true,
      allowUnauthenticatedClientRegistration: true,
      resources: [RESOURCE],
      cachedResources: new Set([RESOURCE]),
      enforcePerClientResources: false,
      rateLimit: Object.fromEntries(
        ['register', 'authorize', 'token', 'introspect', 'revoke', 'userinfo'].map((endpoint) => [
          endpoint,
          false,
        ]),
      ),
      silenceWarnings: { oauthAuthServerConfig: true, openidConfig: true },
    }),
  ],
};
const { runMigrations } = await getMigrations(options);
await runMigrations();

const auth = betterAuth(options);
const handle = toNodeHandler(auth);
createServer(async (request, response) => {
  if (!request.url.startsWith('/.well-known/oauth-authorization-server')) {
    await handle(request, response);
    return;
  }
  // The package leaves it to its host to serve the metadata at the issuer's well-known path.
  const metadata = JSON.stringify(await auth.api.getOAuthServerConfig());
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(metadata),
  });
  response.end(metadata);
}).listen(Number(PORT), '127.0.0.1');
