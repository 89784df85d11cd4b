import type { GuardedFetch } from '@vestibule/cimd';
import { createGuardedFetch } from '@vestibule/cimd/node';
import { notesRoutes } from '@vestibule/example-notes';
import { createVestibule, type Vestibule } from '@vestibule/node';
import { createCertificateAuthority } from '@vestibule/testing/certificates';
import { newFolder } from '@vestibule/testing/folder';
import { type HttpsHost, startHttpsHost } from '@vestibule/testing/https-host';
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
}

/**
 * Starts both until the end of the test. The document is fetched over HTTPS through the guard, which trusts the authority of the
 * test. Its resolver says that the website is on loopback, and its operator allows that network.
 *
 * @param document its members besides the `client_id`
 */
export async function startDocumentApp(document: Readonly<Record<string, unknown>>): Promise<DocumentApp> {
  const authority = createCertificateAuthority();
  let body = '';
  const host = await startHttpsHost(authority.issue({ hosts: ['agent.example'] }), (socket) => {
    socket.end(
      `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\ncache-control: max-age=600\r\n\r\n${body}`,
    );
  });
  const clientId = `https://agent.example:${host.port}/client.json`;
  body = JSON.stringify({ client_id: clientId, ...document });

  const guardedFetch = createGuardedFetch({
    ca: authority.cert,
    resolver: { resolve: async (name) => (name === 'agent.example' ? ['127.0.0.1'] : []) },
    allow: ['127.0.0.0/8'],
  });
  return { ...(await startOpenToDocuments(guardedFetch)), host, clientId };
}

/** Starts a server whose realm is open to metadata documents and closed to registration, until the end of the test. */
export async function startOpenToDocuments(
  guardedFetch: GuardedFetch,
): Promise<Addresses & { readonly vestibule: Vestibule }> {
  const port = await freePort();
  const issuer = `http://localhost:${port}`;
  const { settings } = OPEN_REALM.realm;
  const vestibule = await createVestibule({
    database: `sqlite:${join(newFolder(), 'documents.db')}`,
    realms: [
      {
        ...OPEN_REALM,
        realm: {
          ...OPEN_REALM.realm,
          issuer,
          settings: {
            ...settings,
            registration: { ...settings.registration, open: false },
            metadataDocuments: { open: true },
          },
        },
      },
    ],
    issuer,
    routesBeside: notesRoutes,
    guardedFetch,
    onError: (error) => {
      throw error;
    },
  });
  await vestibule.listen({ port });
  onTestFinished(() => vestibule.stop());
  return { vestibule, issuer, notes: new URL('/mcp', issuer) };
}
