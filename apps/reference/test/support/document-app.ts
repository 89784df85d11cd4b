import type { GuardedFetch } from '@vestibule/cimd';
import { createGuardedFetch } from '@vestibule/cimd/node';
import { notesRoutes } from '@vestibule/example-notes';
import type { PartialRealmSettings } from '@vestibule/core/realm';
import { createVestibule, type Vestibule, type VestibuleOptions } from '@vestibule/node';
import { createCertificateAuthority } from '@vestibule/testing/certificates';
import { newFolder } from '@vestibule/testing/folder';
import { type HttpsHost, type Respond, respondWithJson, startHttpsHost } from '@vestibule/testing/https-host';
import type { Addresses } from '@vestibule/testing/oauth';
import { OPEN_REALM } from '@vestibule/testing/open-seed';
import { freePort } from '@vestibule/testing/port';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A realm that is open to metadata documents and closed to registration, and the website of an app with one. */
export interface DocumentApp extends Addresses {
  readonly vestibule: Vestibule;
  readonly host: HttpsHost;
  /** The URL of the document, which is the `client_id`. */
  readonly clientId: string;
  /** From now on the website responds in another way; `undefined`: with the document again. */
  respondWith(respond: Respond | undefined): void;
}

/** Options of a node that tests choose. */
type NodeOptions = Pick<VestibuleOptions, 'clock' | 'onEvent' | 'trustProxy'> & {
  /** The settings of documents. @default open, and otherwise the defaults */
  readonly metadataDocuments?: PartialRealmSettings['metadataDocuments'];
};

/**
 * Starts both until the end of the test. The document is fetched over HTTPS through the guard, which trusts the authority of the
 * test. Its resolver says that the website is on loopback, and its operator allows that network.
 *
 * @param document its members besides the `client_id`
 */
export async function startDocumentApp(
  document: Readonly<Record<string, unknown>>,
  options: NodeOptions = {},
): Promise<DocumentApp> {
  const authority = createCertificateAuthority();
  let respond: Respond = () => undefined;
  const host = await startHttpsHost(authority.issue({ hosts: ['agent.example'] }), (socket, request) =>
    respond(socket, request),
  );
  const clientId = `https://agent.example:${host.port}/client.json`;
  const published = respondWithJson({ client_id: clientId, ...document }, { 'cache-control': 'max-age=600' });
  respond = published;
  const guardedFetch = createGuardedFetch({
    ca: authority.cert,
    resolver: { resolve: async (name) => (name === 'agent.example' ? ['127.0.0.1'] : []) },
    allow: ['127.0.0.0/8'],
  });
  return {
    ...(await startOpenToDocuments(guardedFetch, options)),
    host,
    clientId,
    respondWith: (next) => {
      respond = next ?? published;
    },
  };
}

/** Starts a server whose realm is open to metadata documents and closed to registration, until the end of the test. */
export async function startOpenToDocuments(
  guardedFetch: GuardedFetch,
  options: NodeOptions = {},
): Promise<Addresses & { readonly vestibule: Vestibule }> {
  const port = await freePort();
  const issuer = `http://localhost:${port}`;
  const database = `sqlite:${join(newFolder(), 'documents.db')}`;
  const vestibule = await startDocumentNode({ ...options, issuer, database, guardedFetch }, port);
  return { vestibule, issuer, notes: new URL('/mcp', issuer) };
}

/** Starts a node whose realm is open to metadata documents and closed to registration, until the end of the test. */
export async function startDocumentNode(
  {
    metadataDocuments,
    ...options
  }: Omit<VestibuleOptions, 'realms'> & NodeOptions & { readonly issuer: string },
  port: number,
): Promise<Vestibule> {
  const { settings } = OPEN_REALM.realm;
  const realm = {
    ...OPEN_REALM.realm,
    issuer: options.issuer,
    settings: {
      ...settings,
      registration: { ...settings.registration, open: false },
      metadataDocuments: { open: true, ...metadataDocuments },
    },
  };
  const vestibule = await createVestibule({
    routesBeside: notesRoutes,
    onError: (error) => {
      throw error;
    },
    onWarning: () => undefined,
    ...options,
    realms: [{ ...OPEN_REALM, realm }],
  });
  await vestibule.listen({ port, host: '127.0.0.1' });
  onTestFinished(() => vestibule.stop());
  return vestibule;
}
