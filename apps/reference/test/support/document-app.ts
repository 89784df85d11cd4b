import type { GuardedFetch } from '@vestibule/cimd';
import { createGuardedFetch } from '@vestibule/cimd/node';
import { notesRoutes } from '@vestibule/example-notes';
import type { PartialRealmSettings } from '@vestibule/core/realm';
import { createVestibule, type Vestibule, type VestibuleOptions } from '@vestibule/node';
import { type CertificateAuthority, createCertificateAuthority } from '@vestibule/testing/certificates';
import { newFolder } from '@vestibule/testing/folder';
import { type HttpsHost, type Respond, respondWithJson, startHttpsHost } from '@vestibule/testing/https-host';
import type { Addresses } from '@vestibule/testing/oauth';
import { OPEN_REALM } from '@vestibule/testing/open-seed';
import { freePort } from '@vestibule/testing/port';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A realm that is open to metadata documents, and the website of an app with one. */
export interface DocumentApp extends Addresses {
  readonly vestibule: Vestibule;
  readonly host: HttpsHost;
  /** The URL of the document, which is the `client_id`. */
  readonly clientId: string;
  /** From now on the website responds in another way; `undefined`: with the document again. */
  respondWith(respond: Respond | undefined): void;
}

type Members = Readonly<Record<string, unknown>>;

/** Options of a node that tests choose. Registration is open as well if documents verify it. */
type NodeOptions = Pick<VestibuleOptions, 'clock' | 'onEvent' | 'trustProxy'> & {
  /** The settings of documents. @default open, and otherwise the defaults */
  readonly metadataDocuments?: PartialRealmSettings['metadataDocuments'];
  /** Whether the realm is open to registration, too. @default false */
  readonly isOpenToRegistration?: boolean;
};

/** The website of the app. */
export interface Website {
  /** Its name. @default "agent.example" */
  readonly name?: string;
  /** The path of the document. @default "/client.json" */
  readonly path?: string;
  /** What is at other paths. @default nothing: they have the document as well */
  readonly files?: Readonly<Record<string, unknown>>;
}

/**
 * Starts both until the end of the test. The document is fetched over HTTPS through the guard, which trusts the authority of the
 * test. Its resolver says that the website is on loopback, and its operator allows that network.
 *
 * @param documentAt the members of the document besides the `client_id`, or what they are at the origin of the website
 */
export async function startDocumentApp(
  documentAt: Members | ((origin: string) => Members),
  { name = 'agent.example', path = '/client.json', files = {}, ...options }: NodeOptions & Website = {},
): Promise<DocumentApp> {
  const authority = createCertificateAuthority();
  let respond: Respond = () => undefined;
  const host = await startHttpsHost(authority.issue({ hosts: [name] }), (socket, request) =>
    respond(socket, request),
  );
  const origin = `https://${name}:${host.port}`;
  const clientId = `${origin}${path}`;
  const document = typeof documentAt === 'function' ? documentAt(origin) : documentAt;
  const published: Respond = (socket, request) => {
    const [, asked = ''] = request.split(' ');
    const body = files[asked] ?? { ...document, client_id: clientId };
    respondWithJson(body, { 'cache-control': 'max-age=600' })(socket, request);
  };
  respond = published;
  const guardedFetch = fetchOnLoopback(authority, (asked) => asked === name);
  return {
    ...(await startOpenToDocuments(guardedFetch, options)),
    host,
    clientId,
    respondWith: (next) => {
      respond = next ?? published;
    },
  };
}

/** The guarded fetch of a server, for websites on loopback with certificates of an authority of the test. */
export const fetchOnLoopback = (
  { cert }: Pick<CertificateAuthority, 'cert'>,
  isThere: (host: string) => boolean = () => true,
): GuardedFetch =>
  createGuardedFetch({
    ca: cert,
    resolver: { resolve: async (host) => (isThere(host) ? ['127.0.0.1'] : []) },
    allow: ['127.0.0.0/8'],
  });

/** Starts a server whose realm is open to metadata documents, until the end of the test. */
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

/** Starts a node whose realm is open to metadata documents, until the end of the test. */
export async function startDocumentNode(
  {
    metadataDocuments,
    isOpenToRegistration = false,
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
      registration: {
        ...settings.registration,
        open: isOpenToRegistration || metadataDocuments?.verifyRegistrations === true,
      },
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
