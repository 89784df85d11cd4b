import { freePort } from '@vestibule/testing/port';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const ADMIN = { username: 'admin', password: 'admin-of-the-tests' };

/** The people of the realm `acme`. */
export const PASSWORD = 'a horse of her own';

/** A running Keycloak. */
export interface Keycloak {
  readonly origin: string;
  /** Creates the realm `acme` with two people, and one client for a server with this issuer. */
  createRealm(serverIssuer: string): Promise<{ issuer: string; clientId: string; clientSecret: string }>;
  stop(): Promise<void>;
}

/** Starts the Keycloak of `KEYCLOAK_HOME` in development mode, with its data in memory. */
export async function startKeycloak(): Promise<Keycloak> {
  const home = process.env['KEYCLOAK_HOME'] ?? '';
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const options = ['--db=dev-mem', '--cache=local', `--http-port=${port}`, `--hostname=${origin}`];
  const child = spawn(join(home, 'bin', 'kc.sh'), ['start-dev', '--http-host=127.0.0.1', ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      KC_BOOTSTRAP_ADMIN_USERNAME: ADMIN.username,
      KC_BOOTSTRAP_ADMIN_PASSWORD: ADMIN.password,
    },
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => void (line.includes('Listening on') && resolve()));
    child.once('exit', () => reject(new Error('Keycloak did not start.')));
  });

  async function adminToken(): Promise<string> {
    const body = new URLSearchParams({ ...ADMIN, grant_type: 'password', client_id: 'admin-cli' });
    const response = await fetch(`${origin}/realms/master/protocol/openid-connect/token`, {
      method: 'POST',
      body,
    });
    return String(Object(await response.json()).access_token);
  }

  return {
    origin,
    async createRealm(serverIssuer) {
      const response = await fetch(`${origin}/admin/realms`, {
        method: 'POST',
        headers: { authorization: `Bearer ${await adminToken()}`, 'content-type': 'application/json' },
        body: JSON.stringify(realmFor(serverIssuer)),
      });
      if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
      return { issuer: `${origin}/realms/acme`, ...CLIENT };
    },
    async stop() {
      child.kill();
      await exited;
    },
  };
}

const CLIENT = { clientId: 'vestibule', clientSecret: 'a-secret_of.the~provider' };

const person = (username: string, firstName: string, lastName: string, groups: readonly string[]) => ({
  username,
  firstName,
  lastName,
  email: `${username}@acme.example`,
  emailVerified: true,
  enabled: true,
  credentials: [{ type: 'password', value: PASSWORD, temporary: false }],
  groups,
});

const realmFor = (serverIssuer: string) => ({
  realm: 'acme',
  enabled: true,
  sslRequired: 'none',
  groups: [{ name: 'agents' }, { name: 'guests' }],
  users: [person('ada', 'Ada', 'Lovelace', ['/agents']), person('grace', 'Grace', 'Hopper', ['/guests'])],
  clients: [
    {
      clientId: CLIENT.clientId,
      secret: CLIENT.clientSecret,
      publicClient: false,
      standardFlowEnabled: true,
      redirectUris: [`${serverIssuer}/connect/sign-in/return`],
      attributes: {
        'post.logout.redirect.uris': `${serverIssuer}/connect/sign-out`,
        'pkce.code.challenge.method': 'S256',
      },
      protocolMappers: [
        {
          name: 'groups',
          protocol: 'openid-connect',
          protocolMapper: 'oidc-group-membership-mapper',
          config: {
            'claim.name': 'groups',
            'full.path': 'false',
            'id.token.claim': 'true',
            'userinfo.token.claim': 'true',
          },
        },
      ],
    },
  ],
});
