import type { FetchOutcome } from '@vestibule/cimd';
import { createGuardedFetch, type GuardedFetchOptions } from '@vestibule/cimd/node';
import { type Certificate, createCertificateAuthority } from '@vestibule/testing/certificates';
import { type HttpsHost, type Respond, respondWithJson, startHttpsHost } from '@vestibule/testing/https-host';

const authority = createCertificateAuthority();

/** A host of the attacker, `agent.example`, whose address is on loopback. */
export const startDocumentHost = ({
  hosts = ['agent.example'],
  certificate = authority.issue({ hosts }),
  respond = respondWithJson({}),
}: {
  readonly hosts?: readonly string[];
  readonly certificate?: Certificate;
  readonly respond?: Respond;
} = {}): Promise<HttpsHost> => startHttpsHost(certificate, respond);

/** Fetches a document from the host, or from a URL. Loopback is allowed, unless the options say otherwise. */
export const fetchFrom = (
  place: HttpsHost | string,
  options: GuardedFetchOptions = {},
): Promise<FetchOutcome> =>
  createGuardedFetch({
    resolver: { resolve: () => Promise.resolve(['127.0.0.1']) },
    ca: authority.cert,
    allow: ['127.0.0.0/8'],
    ...options,
  }).fetch({ url: typeof place === 'string' ? place : `https://agent.example:${place.port}/client.json` });
