import { type Client, createClientSweeper, registrationOf } from '@vestibule/core';
import type { RealmSettings } from '@vestibule/core/realm';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { startApp } from './app.ts';
import { approve, authorizeUrl, exchange, register } from './oauth.ts';

const DAY = 86_400;
const VOUCHER = 'https://guild.example';

/** An app with a clock that the test sets, and a realm with a trusted statement issuer. */
export async function agingApp() {
  const start = Date.now();
  let now = start;
  const clock = (): number => now;
  const app = await startApp(undefined, clock);
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' }] };
  const issuer = {
    name: 'The Guild of Ferns, Mosses and Agents',
    issuer: VOUCHER,
    algorithms: ['ES256'],
    jwks,
  } as const;
  const change = (registration: Partial<RealmSettings['registration']>): Promise<void> =>
    app.change((realm) => ({
      ...realm,
      settings: { ...realm.settings, registration: { ...realm.settings.registration, ...registration } },
    }));
  await change({ softwareStatements: { issuers: [issuer], untrusted: 'ignore' } });
  const { stores, realm } = app;

  return {
    app,
    change,
    pass: (days: number) => void (now += days * DAY * 1000),
    stored: (clientId: string): Promise<Client | undefined> => stores.clients.find(realm.id, clientId),
    /** Since when a client is hibernated, as it is stored. */
    hibernatedAt: async (clientId: string): Promise<number | undefined> => {
      const client = await stores.clients.find(realm.id, clientId);
      return client && registrationOf(client).hibernatedAt;
    },
    sweep: () => createClientSweeper({ ...stores, clock, holder: 'the test' }).sweep(realm.id, 100),
    /** Registers an agent, and returns the URL that it would send a person to. */
    async introduce(
      metadata: { readonly redirect_uris: readonly [string] } & Readonly<Record<string, unknown>>,
    ) {
      const { status, body } = await register(app, metadata);
      if (status !== 201) throw new Error(body.error_description);
      const [redirectUri] = metadata.redirect_uris;
      const url = authorizeUrl(app, body.client_id, { redirect_uri: redirectUri });
      return { url, clientId: String(body.client_id), redirectUri };
    },
    /** Makes Ada approve an agent, so that it counts as used. */
    async use({ url, clientId, redirectUri }: { url: URL; clientId: string; redirectUri: string }) {
      await exchange(app, clientId, redirectUri, await approve(url));
    },
    async block(clientId: string): Promise<void> {
      const client = await stores.clients.find(realm.id, clientId);
      if (client !== undefined) await stores.clients.replace({ ...client, blockedAt: now }, client.version);
    },
    /** A software statement of the trusted issuer. */
    statement(claims: Readonly<Record<string, unknown>>): Promise<string> {
      const seconds = Math.floor(now / 1000);
      return new SignJWT(claims)
        .setProtectedHeader({ alg: 'ES256', kid: 'k' })
        .setIssuer(VOUCHER)
        .setIssuedAt(seconds)
        .setExpirationTime(seconds + 3_600)
        .sign(privateKey);
    },
  };
}
