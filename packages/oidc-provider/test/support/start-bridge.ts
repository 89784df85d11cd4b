import { createServer } from 'node:http';
import type { PartialRealmSettings, Realm } from '@vestibule/core/realm';
import { createMetadataDocuments, type GuardedFetch } from '@vestibule/cimd';
import { sha256 } from '@vestibule/http';
import { createSqliteStores, openDatabase } from '@vestibule/sqlite';
import { listeningUntilEnd } from '@vestibule/testing/listening';
import { NOTES_REALM } from '@vestibule/testing/realm';
import { type Configuration, Provider } from 'oidc-provider';
import { onTestFinished, vi } from 'vitest';
import {
  createMemoryAdapter,
  type MemoryAdapter,
  type OidcProviderBridge,
  vestibuleForOidcProvider,
} from '../../src/index.ts';

type Stores = ReturnType<typeof createSqliteStores>;

/** A team's oidc-provider with the bridge, on a free port. */
export interface StartedBridge {
  readonly issuer: string;
  readonly provider: Provider;
  readonly bridge: OidcProviderBridge;
  readonly stores: Stores;
  readonly adapter: MemoryAdapter;
  readonly errors: readonly unknown[];
  /** Replaces what the realm has. */
  change(
    of: Partial<Pick<Realm, 'apis' | 'scopes'>> & { readonly settings?: PartialRealmSettings },
  ): Promise<void>;
}

export interface StartOptions {
  readonly configuration?: Configuration;
  readonly settings?: PartialRealmSettings;
  readonly fetch?: GuardedFetch;
  /** The path below which the provider is mounted, as Express mounts it. @default "" */
  readonly mount?: string;
}

/** The API of the tests, and another one that the provider has, too. */
export const NOTES = 'https://notes.example/mcp';
export const BILLING = 'https://billing.example/mcp';

/** A confidential client that introspects, which the team configured. */
export const API_CLIENT = { id: 'notes-api', secret: 'sesame-sesame-sesame' };

/** Settings under which agents register and people need not wait. */
export const OPEN: PartialRealmSettings = {
  registration: { open: true, management: { enabled: true }, limits: { perAddressPerHour: 100 } },
  metadataDocuments: { open: true },
  consent: { minimumReadingTime: 0, durations: ['until-revoked'] },
};

export async function startBridge({
  configuration,
  settings = OPEN,
  fetch,
  mount = '',
}: StartOptions = {}): Promise<StartedBridge> {
  // oidc-provider warns about every default setting.
  vi.spyOn(console, 'info').mockReturnValue();
  vi.spyOn(console, 'warn').mockReturnValue();
  const server = createServer();
  const issuer = `${await listeningUntilEnd(server, 'localhost')}${mount}`;

  const database = openDatabase({ path: ':memory:' });
  onTestFinished(() => database.close());
  const stores = createSqliteStores(database);
  const billing = {
    id: 'billing',
    name: 'Billing',
    resource: BILLING,
    scopes: ['bills:read'],
    openToDynamicClients: false,
  };
  const bills = { name: 'bills:read', description: 'Read bills', openToDynamicClients: true };
  await stores.realms.insert({
    ...NOTES_REALM,
    issuer,
    settings,
    apis: [...NOTES_REALM.apis, billing],
    scopes: [...NOTES_REALM.scopes, bills],
  });

  const errors: unknown[] = [];
  const onError = (error: unknown): void => void errors.push(error);
  const { realms, clients, commit, audit } = stores;
  const metadataDocuments =
    fetch &&
    createMetadataDocuments({
      fetch,
      realms,
      clients,
      commit,
      audit,
      clock: Date.now,
      hash: sha256,
      onError,
    });
  const bridge = vestibuleForOidcProvider({
    ...stores,
    realm: 'main',
    issuer,
    connectedApps: `${issuer}/apps`,
    nameOf: async () => 'Ada Lovelace',
    onError,
    ...(metadataDocuments !== undefined && { metadataDocuments }),
  });
  const adapter = createMemoryAdapter();
  const provider: Provider = new Provider(
    issuer,
    bridge.configure(teamConfiguration(adapter, configuration)),
  );
  bridge.attach(provider);
  provider.on('server_error', (_, error) => onError(error));

  const callback = provider.callback();
  server.on('request', (request, response) => {
    const { url = '/' } = request;
    if (!url.startsWith('/login/')) {
      return void callback(
        Object.assign(request, { originalUrl: url, url: url.slice(mount.length) }),
        response,
      );
    }
    // The login page of the team, where Ada signs in at once.
    void provider.interactionFinished(request, response, { login: { accountId: 'ada' } });
  });

  return {
    issuer,
    provider,
    bridge,
    stores,
    adapter,
    errors,
    async change({ settings: changed, ...parts }) {
      const realm = await stores.realms.find('main');
      if (realm === undefined) throw new Error('There is no realm.');
      const { version, ...record } = realm;
      await stores.realms.replace({ ...record, ...parts, ...(changed && { settings: changed }) }, version);
    },
  };
}

/** What a team has configured already. */
function teamConfiguration({ open }: MemoryAdapter, more: Configuration = {}): Configuration {
  const { features, ...others } = more;
  return {
    adapter: open,
    clients: [
      { client_id: 'web', client_secret: 'secret-secret-secret', redirect_uris: ['https://web.example/cb'] },
      {
        client_id: API_CLIENT.id,
        client_secret: API_CLIENT.secret,
        redirect_uris: [],
        response_types: [],
        grant_types: [],
      },
    ],
    cookies: { keys: ['a secret for cookies'] },
    interactions: { url: (_, { uid }) => `/login/${uid}` },
    findAccount: (_, accountId) => ({
      accountId,
      claims: async () => ({ sub: accountId, name: 'Ada Lovelace' }),
    }),
    ...others,
    features: Object.assign(
      {
        introspection: { enabled: true },
        revocation: { enabled: true },
        resourceIndicators: {
          getResourceServerInfo: async () => ({ scope: 'notes:read notes:write notes:admin bills:read' }),
        },
      },
      features,
    ),
  };
}
