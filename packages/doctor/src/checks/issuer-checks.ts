import { quote } from '@vestibule/client-fixtures';
import { EVERYONE, OPERATORS, PAGES } from '../agents/audience.ts';
import { type Evidence, firstFound, FOREIGN_HOST, urlIn } from '../evidence/evidence.ts';
import { type Exchange, type JsonObject, statusOf } from '../exchange/exchange.ts';
import { type Check, CORS, failed, type Judgement, passed, rfc, skipped } from './check.ts';
import { judgeFound, judgePlace, judgeReadable, judgeType, slashBetween } from './metadata-at.ts';

/** Judges the metadata of an authorization server that were found. */
export const ofIssuer =
  (judge: (document: JsonObject, where: string, evidence: Evidence) => Judgement) =>
  (evidence: Evidence): Judgement => {
    const found = firstFound(evidence.issuer?.metadata);
    if (found === undefined) return skipped('The authorization server has no metadata.');
    return judge(found.document, found.exchange.url, evidence);
  };

const exists: Check = {
  id: 'issuer.metadata',
  title: 'The authorization server has metadata.',
  severity: 'error',
  audience: EVERYONE,
  section: rfc(8414, '3'),
  why: 'Agents do not learn its endpoints.',
  mend: 'Serve the document at /.well-known/oauth-authorization-server, with the path of the issuer behind it.',
  judge: ({ issuer }) => {
    if (issuer === undefined) return skipped('No authorization server is known.');
    return issuer.metadata.length === 0
      ? failed(`${issuer.issuer} cannot be an issuer: it is an http or https URL without ? and #.`)
      : judgeFound(issuer.metadata, `for ${issuer.issuer}`);
  },
};

const wellKnown: Check = {
  id: 'issuer.well-known',
  title: 'The metadata are at the well-known URL of OAuth.',
  severity: 'warning',
  audience: EVERYONE,
  section: rfc(8414, '3.1'),
  why: 'Agents before the end of 2025 look only there; newer ones look at the OpenID URLs too.',
  mend: 'Serve the same document at /.well-known/oauth-authorization-server: for the issuer https://id.example/a at https://id.example/.well-known/oauth-authorization-server/a.',
  judge: ({ issuer }) => judgePlace(issuer?.metadata, 'oauth'),
};

const name: Check = {
  id: 'issuer.name',
  title: 'issuer is the URL by which the server is named, character by character.',
  severity: 'error',
  audience: EVERYONE,
  section: rfc(8414, '3.3'),
  why: 'Agents must refuse metadata of another issuer, because one server could otherwise pose as another.',
  mend: 'Use one spelling of the issuer everywhere: in authorization_servers, in the metadata, and in the iss of tokens. A slash at the end makes it another.',
  seen: [
    'https://github.com/modelcontextprotocol/python-sdk/issues/1919',
    'https://github.com/latitude-dev/latitude-llm/pull/3122',
  ],
  judge: ofIssuer(({ issuer: named }, where, { issuer }) => {
    if (named === issuer?.issuer) return passed;
    const slash = slashBetween(named, issuer?.issuer ?? '');
    return failed(`issuer is ${quote(named)}, not ${issuer?.issuer ?? ''}.${slash}`, {
      where,
    });
  }),
};

const COMPARED = ['issuer', 'authorization_endpoint', 'token_endpoint', 'registration_endpoint'] as const;

const consistent: Check = {
  id: 'issuer.consistent',
  title: 'The metadata are the same at every well-known URL that has them.',
  severity: 'warning',
  audience: EVERYONE,
  section: rfc(8414, '3.1'),
  why: 'Agents look in different places and then behave differently: one can register, another cannot.',
  mend: 'Serve one document at all of them.',
  judge: ofIssuer((first, where, { issuer }) => {
    const others = (issuer?.metadata ?? []).flatMap((found) => {
      const { document, exchange } = firstFound([found]) ?? {};
      return document === undefined || exchange === undefined || exchange.url === where
        ? []
        : [{ document, url: exchange.url }];
    });
    for (const { document, url } of others) {
      const member = COMPARED.find((each) => document[each] !== first[each]);
      if (member !== undefined) return failed(`${member} at ${url} is not that at ${where}.`, { where: url });
    }
    return passed;
  }),
};

const endpoints: Check = {
  id: 'issuer.endpoints',
  title: 'The endpoints are absolute http or https URLs.',
  severity: 'error',
  audience: EVERYONE,
  section: rfc(8414, '2'),
  why: 'Agents open the authorization endpoint in a browser, and refuse anything but a URL of the web since one of them could be made to run commands by it.',
  mend: 'Set authorization_endpoint, token_endpoint and registration_endpoint to complete https URLs.',
  seen: ['https://nvd.nist.gov/vuln/detail/CVE-2025-6514'],
  judge: ofIssuer((document, where) => {
    const isWrong = (member: string): boolean => urlIn(document, member) === undefined;
    const wrong = [
      ...['authorization_endpoint', 'token_endpoint'].filter(isWrong),
      ...['registration_endpoint'].filter((member) => member in document && isWrong(member)),
    ];
    return wrong.length === 0
      ? passed
      : failed(`${wrong.map((member) => `${member} is ${quote(document[member])}`).join(', ')}.`, { where });
  }),
};

const type: Check = {
  id: 'issuer.content-type',
  title: 'The metadata of the authorization server are served as application/json.',
  severity: 'warning',
  audience: EVERYONE,
  section: rfc(8414, '3.2'),
  why: 'Strict agents refuse any other type.',
  mend: 'Send Content-Type: application/json.',
  judge: ({ issuer }) => judgeType(issuer?.metadata),
};

const cors: Check = {
  id: 'issuer.cors',
  title: 'A page can read the metadata of the authorization server.',
  severity: 'error',
  audience: PAGES,
  section: CORS,
  why: 'The browser keeps the document from the agent.',
  mend: 'Send Access-Control-Allow-Origin: * with the metadata. They are public.',
  judge: ({ issuer }) => judgeReadable(issuer?.forPage, 'The authorization server has no metadata.'),
};

/** Whether metadata have the foreign host. */
const isForeign = (exchange: Exchange | undefined): boolean =>
  exchange?.reply.kind === 'response' &&
  statusOf(exchange) === 200 &&
  exchange.reply.body.includes(FOREIGN_HOST);

const host: Check = {
  id: 'issuer.host',
  title: 'The metadata do not depend on the host name of the request.',
  severity: 'warning',
  audience: OPERATORS,
  section: rfc(8414, '6.2'),
  why: 'A sender can put its own host into the endpoints, and into the copy of a cache that others get; behind a proxy the name is often the inner one.',
  mend: 'Build the metadata from a configured issuer, and accept X-Forwarded-Host only from your own proxy.',
  judge: ofIssuer((_, where, { issuer }) => {
    const headers = [
      ...(isForeign(issuer?.forwarded) ? ['X-Forwarded-Host'] : []),
      ...(isForeign(issuer?.foreignHost) ? ['Host'] : []),
    ];
    return headers.length === 0
      ? passed
      : failed(`The metadata name ${FOREIGN_HOST} when it is sent in ${headers.join(' or ')}.`, { where });
  }),
};

export const issuerChecks: readonly Check[] = [
  exists,
  wellKnown,
  name,
  consistent,
  endpoints,
  type,
  cors,
  host,
];
