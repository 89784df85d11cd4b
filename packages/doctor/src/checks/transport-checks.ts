import { EVERYONE, OPERATORS } from '../agents/audience.ts';
import {
  type Evidence,
  FOREIGN_HOST,
  isLoopback,
  issuerMetadata,
  resourceMetadata,
  listIn,
} from '../evidence/evidence.ts';
import { type Exchange, received, statusOf } from '../exchange/exchange.ts';
import { type Check, failed, type Judgement, passed, rfc, skipped } from './check.ts';

const TLS_CODE = /CERT|TLS|SSL|SIGNED|UNABLE_TO_/;

/** Judges the first exchange without a response, by whether TLS failed or anything before it. */
const judgeConnection =
  (ofTls: boolean) =>
  ({ resource, issuer }: Evidence): Judgement => {
    const exchanges = [
      ...(resource === undefined ? [] : [resource.challenge]),
      ...(issuer?.metadata ?? []).map(({ exchange }) => exchange),
    ];
    for (const { url, reply } of exchanges) {
      if (reply.kind !== 'none') continue;
      const isTls = TLS_CODE.test(reply.code ?? '');
      return isTls === ofTls ? failed(`${url} ${reply.problem}.`, { where: url }) : passed;
    }
    return passed;
  };

const response: Check = {
  id: 'transport.response',
  title: 'The server responds.',
  severity: 'error',
  audience: EVERYONE,
  section: rfc(9110, '9'),
  why: 'An agent tells the person only that the server cannot be reached.',
  mend: 'Start the server, and check the URL, its name in the DNS, its port, and what stands in front of it.',
  judge: judgeConnection(false),
};

const certificate: Check = {
  id: 'transport.certificate',
  title: 'The certificate is valid for the host, and agents trust it.',
  severity: 'error',
  audience: EVERYONE,
  section: rfc(9728, '7.1'),
  why: 'Agents refuse the connection. The agents of a vendor cannot be given the certificate of a private CA.',
  mend: 'Serve a certificate of a public CA for this host name with its intermediate certificates, and renew it before it expires.',
  judge: judgeConnection(true),
};

const ENDPOINTS = [
  'authorization_endpoint',
  'token_endpoint',
  'registration_endpoint',
  'revocation_endpoint',
  'jwks_uri',
] as const;

const https: Check = {
  id: 'transport.https',
  title: 'Every URL is https, except on this computer.',
  severity: 'error',
  audience: EVERYONE,
  section: rfc(9700, '2.6'),
  why: 'Agents refuse http, and codes and tokens can be read on the way.',
  mend: 'Use https everywhere. If only the endpoints are http, the server behind your proxy builds them from its own connection: configure its public URL.',
  judge: (evidence) => {
    const metadata = issuerMetadata(evidence);
    const named: (readonly [name: string, url: unknown])[] = [
      ['The URL', evidence.target],
      ['The issuer', evidence.issuer?.issuer],
      ['resource', resourceMetadata(evidence)?.['resource']],
      ...ENDPOINTS.map((member) => [member, metadata?.[member]] as const),
    ];
    const open = named.filter(([, url]) => {
      const parsed = typeof url === 'string' ? URL.parse(url) : null;
      return parsed?.protocol === 'http:' && !isLoopback(parsed);
    });
    const [worst] = open;
    return worst === undefined
      ? passed
      : failed(`${open.map(([name]) => name).join(', ')}: http, for example ${String(worst[1])}.`);
  },
};

/** What was received, as a sentence. */
const sentence = (exchange: Exchange): string => `${exchange.method} ${exchange.url} ${received(exchange)}.`;

const redirect: Check = {
  id: 'transport.redirect',
  title: 'Neither the URL nor its metadata redirect.',
  severity: 'warning',
  audience: EVERYONE,
  section: rfc(9110, '15.4'),
  why: 'Many HTTP clients do not repeat a POST, or drop the token, when they are redirected, and some refuse redirected metadata.',
  mend: 'Give people the URL that the redirect leads to, often the one with or without a slash at its end, and serve the metadata where they are looked for.',
  judge: (evidence) => {
    const { resource, issuer } = evidence;
    const redirects = [
      ...(resource === undefined ? [] : [resource.challenge]),
      ...[...(resource?.metadata ?? []), ...(issuer?.metadata ?? [])].flatMap((found) => found.redirects),
    ].filter((exchange) => {
      const status = statusOf(exchange) ?? 0;
      return status >= 300 && status < 400;
    });
    const [one] = redirects;
    return one === undefined
      ? passed
      : failed(sentence(one), { where: one.url, details: redirects.map(sentence) });
  },
};

const rebinding: Check = {
  id: 'transport.rebinding',
  title: 'A server on this computer refuses requests for other hosts.',
  severity: 'warning',
  audience: OPERATORS,
  section: {
    name: 'MCP transports, security warning',
    url: 'https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#security-warning',
  },
  why: 'A website whose name is changed to resolve to 127.0.0.1 can use the server from the browser (DNS rebinding).',
  mend: 'Compare the Host header with the host names that the server has, and respond 403, 404 or 421 to any other.',
  seen: ['https://nvd.nist.gov/vuln/detail/CVE-2025-66414'],
  judge: ({ target, resource }) => {
    if (resource?.foreignHost === undefined) return skipped('The server is not on this computer.');
    const status = statusOf(resource.foreignHost) ?? 0;
    return status === 401 || (status >= 200 && status < 300)
      ? failed(`${target} ${received(resource.foreignHost)} when Host is ${FOREIGN_HOST}.`, { where: target })
      : passed;
  },
};

const oneServer: Check = {
  id: 'transport.one-issuer',
  title: 'The resource names one authorization server.',
  severity: 'note',
  audience: EVERYONE,
  section: rfc(9728, '7.6'),
  why: 'Agents choose one, in most cases the first; only that one was examined.',
  mend: 'Put the authorization server that agents should use first, and examine the others by their own URL.',
  judge: (evidence) => {
    const servers = listIn(resourceMetadata(evidence), 'authorization_servers') ?? [];
    return servers.length > 1 ? failed(`authorization_servers has ${servers.length} entries.`) : passed;
  },
};

export const transportChecks: readonly Check[] = [
  response,
  certificate,
  https,
  redirect,
  rebinding,
  oneServer,
];
