import { quote } from '@vestibule/client-fixtures';
import { EVERYONE, PEOPLE, REFRESHING, withoutMethod } from '../agents/audience.ts';
import { listIn } from '../evidence/evidence.ts';
import { type Check, failed, mcp, passed, rfc } from './check.ts';
import { ofIssuer } from './issuer-checks.ts';

const pkce: Check = {
  id: 'issuer.pkce',
  title: 'The metadata advertise PKCE with S256.',
  severity: 'error',
  audience: EVERYONE,
  section: mcp('authorization code protection', 'authorization-code-protection'),
  why: 'MCP clients must refuse a server that does not advertise it.',
  mend: 'Add "code_challenge_methods_supported": ["S256"], and require the challenge of every client.',
  judge: ofIssuer((document, where) =>
    listIn(document, 'code_challenge_methods_supported')?.includes('S256') === true
      ? passed
      : failed(
          `code_challenge_methods_supported is ${quote(document['code_challenge_methods_supported'])}.`,
          {
            where,
          },
        ),
  ),
};

const plain: Check = {
  id: 'issuer.pkce-plain',
  title: 'The challenge method plain is not offered.',
  severity: 'warning',
  audience: PEOPLE,
  section: rfc(9700, '2.1.1'),
  why: 'The challenge is then the verifier, and who sees the authorization request can redeem the code.',
  mend: 'Remove plain from code_challenge_methods_supported, and refuse it.',
  judge: ofIssuer((document, where) =>
    listIn(document, 'code_challenge_methods_supported')?.includes('plain') === true
      ? failed('code_challenge_methods_supported has plain.', { where })
      : passed,
  ),
};

const responseTypes: Check = {
  id: 'issuer.response-types',
  title: 'The response type code is supported.',
  severity: 'error',
  audience: EVERYONE,
  section: rfc(8414, '2'),
  why: 'Agents check for it before they start, and the member is required.',
  mend: 'Add "response_types_supported": ["code"].',
  judge: ofIssuer((document, where) =>
    listIn(document, 'response_types_supported')?.includes('code') === true
      ? passed
      : failed(`response_types_supported is ${quote(document['response_types_supported'])}.`, { where }),
  ),
};

const authMethods: Check = {
  id: 'issuer.auth-methods',
  title: 'Clients without a secret are supported.',
  severity: 'error',
  audience: EVERYONE,
  section: rfc(8414, '2'),
  why: 'An app on a computer cannot keep a secret; most agents register with none. If the member is missing, it means client_secret_basic.',
  mend: 'Add none to token_endpoint_auth_methods_supported, and accept public clients with PKCE.',
  judge: ofIssuer((document, where) => {
    const advertised = document['token_endpoint_auth_methods_supported'];
    const methods = listIn(document, 'token_endpoint_auth_methods_supported') ?? ['client_secret_basic'];
    if (methods.includes('none')) return passed;
    return failed(`token_endpoint_auth_methods_supported is ${quote(advertised)}.`, {
      where,
      agents: withoutMethod(methods),
    });
  }),
};

const codeGrant: Check = {
  id: 'issuer.code-grant',
  title: 'The grant authorization_code is supported.',
  severity: 'error',
  audience: EVERYONE,
  section: rfc(8414, '2'),
  why: 'Agents have no other grant for a person.',
  mend: 'Add authorization_code to grant_types_supported.',
  judge: ofIssuer((document, where) => {
    const grants = listIn(document, 'grant_types_supported');
    return grants === undefined || grants.includes('authorization_code')
      ? passed
      : failed(`grant_types_supported is ${quote(grants)}.`, { where });
  }),
};

const refresh: Check = {
  id: 'issuer.refresh',
  title: 'Refresh tokens are supported.',
  severity: 'warning',
  audience: REFRESHING,
  section: rfc(8414, '2'),
  why: 'People have to sign in again each time an access token expires. Without the member, authorization_code and implicit are meant.',
  mend: 'Issue refresh tokens that rotate, and add refresh_token to grant_types_supported.',
  judge: ofIssuer((document, where) =>
    listIn(document, 'grant_types_supported')?.includes('refresh_token') === true
      ? passed
      : failed(`grant_types_supported is ${quote(document['grant_types_supported'])}.`, { where }),
  ),
};

const old: Check = {
  id: 'issuer.old-grants',
  title: 'Neither the implicit grant nor passwords are offered.',
  severity: 'warning',
  audience: PEOPLE,
  section: rfc(9700, '2.1.2'),
  why: 'Tokens in URLs leak, and passwords reach clients.',
  mend: 'Remove implicit and password from grant_types_supported, and every response type with token.',
  judge: ofIssuer((document, where) => {
    const found = [
      ...(listIn(document, 'grant_types_supported') ?? []).filter((grant) =>
        ['implicit', 'password'].includes(grant),
      ),
      ...(listIn(document, 'response_types_supported') ?? []).filter((type) =>
        /\btoken\b/.test(type.replaceAll('id_token', '')),
      ),
    ];
    return found.length === 0 ? passed : failed(`The metadata have ${found.join(', ')}.`, { where });
  }),
};

const iss: Check = {
  id: 'issuer.iss',
  title: 'Authorization responses name their issuer.',
  severity: 'warning',
  audience: EVERYONE,
  section: rfc(9207, '3'),
  why: 'A client that uses several servers cannot notice that a response came from another one (mix-up); ChatGPT then uses another document for each connector.',
  mend: 'Add iss to every authorization response, errors too, and "authorization_response_iss_parameter_supported": true to the metadata.',
  judge: ofIssuer((document, where) =>
    document['authorization_response_iss_parameter_supported'] === true
      ? passed
      : failed(
          `authorization_response_iss_parameter_supported is ${quote(document['authorization_response_iss_parameter_supported'])}.`,
          { where },
        ),
  ),
};

export const capabilityChecks: readonly Check[] = [
  pkce,
  plain,
  responseTypes,
  authMethods,
  codeGrant,
  refresh,
  old,
  iss,
];
