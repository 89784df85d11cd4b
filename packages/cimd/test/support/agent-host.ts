import { createCertificateAuthority } from '@vestibule/testing/certificates';
import { type HttpsHost, type Respond, startHttpsHost } from '@vestibule/testing/https-host';
import type { FetchOutcome, FetchRequest } from '../../src/index.ts';
import { createGuardedFetch, type GuardedFetchOptions } from '../../src/node/index.ts';

export const authority = createCertificateAuthority();

/** The name of the host of the tests. It has a certificate of {@link authority}, and an address on loopback. */
export const NAME = 'agent.example';

const certificate = authority.issue({ hosts: [NAME, '127.0.0.1'] });

/** Options with which the host is reached. */
export const REACHED = {
  resolver: { resolve: () => Promise.resolve(['127.0.0.1']) },
  ca: authority.cert,
  allow: ['127.0.0.0/8'],
} satisfies GuardedFetchOptions;

/** A host, and a fetch from it. */
export interface AgentHost extends HttpsHost {
  fetch(request?: Partial<FetchRequest>, options?: GuardedFetchOptions): Promise<FetchOutcome>;
}

/** Starts the host, which responds to each request in the same way. */
export async function startAgentHost(respond: Respond): Promise<AgentHost> {
  const host = await startHttpsHost(certificate, respond);
  return {
    ...host,
    fetch: (request, options) =>
      createGuardedFetch({ ...REACHED, ...options }).fetch({
        url: `https://${NAME}:${host.port}/client.json`,
        ...request,
      }),
  };
}

/** Responds with these bytes, and ends the connection. */
export const respondWith =
  (...parts: readonly (string | Uint8Array)[]): Respond =>
  (socket) => {
    for (const part of parts) socket.write(part);
    socket.end();
  };

/** A head with a status of 200 and these lines. */
export const head = (...lines: readonly string[]): string =>
  ['HTTP/1.1 200 OK', ...lines, '', ''].join('\r\n');

export const JSON_TYPE = 'Content-Type: application/json';

/** A whole response with JSON. */
export const json = (body: string, ...lines: readonly string[]): string =>
  head(JSON_TYPE, `Content-Length: ${Buffer.byteLength(body)}`, ...lines) + body;
