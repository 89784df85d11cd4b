import { quote } from '@vestibule/client-fixtures';
import { EVERYONE, PAGES } from '../agents/audience.ts';
import { type Evidence, firstFound, listIn } from '../evidence/evidence.ts';
import type { JsonObject } from '../exchange/exchange.ts';
import { webUrl } from '../exchange/web-url.ts';
import { type Check, CORS, failed, type Judgement, mcp, passed, rfc, skipped } from './check.ts';
import { judgeFound, judgePlace, judgeReadable, judgeType, slashBetween } from './metadata-at.ts';

/** Judges the metadata of a protected resource that were found. */
const ofMetadata =
  (judge: (document: JsonObject, where: string, evidence: Evidence) => Judgement) =>
  (evidence: Evidence): Judgement => {
    const found = firstFound(evidence.resource?.metadata);
    if (found === undefined) return skipped('The resource has no metadata.');
    return judge(found.document, found.exchange.url, evidence);
  };

const exists: Check = {
  id: 'resource.metadata',
  title: 'The resource has metadata.',
  severity: 'error',
  audience: EVERYONE,
  section: rfc(9728, '3.1'),
  why: 'Agents do not learn which authorization server issues tokens for this resource.',
  mend: 'Serve a JSON document with resource and authorization_servers at the well-known URL.',
  judge: ({ resource }) => {
    if (resource === undefined) return skipped('The URL is that of an authorization server.');
    return judgeFound(resource.metadata, 'of the resource');
  },
};

const wellKnown: Check = {
  id: 'resource.well-known',
  title: 'The metadata are at the well-known URL with the path of the resource.',
  severity: 'warning',
  audience: EVERYONE,
  section: rfc(9728, '3.1'),
  why: 'Some agents look only there, whatever the challenge says.',
  mend: 'Insert /.well-known/oauth-protected-resource between the host and the path: /mcp becomes /.well-known/oauth-protected-resource/mcp.',
  seen: [
    'https://github.com/latitude-dev/latitude-llm/pull/3122',
    'https://github.com/akutishevsky/nutrition-mcp/issues/51',
  ],
  judge: ({ resource }) => judgePlace(resource?.metadata, 'path'),
};

const name: Check = {
  id: 'resource.name',
  title: 'resource is the URL that people enter, character by character.',
  severity: 'error',
  audience: EVERYONE,
  section: rfc(9728, '3.3'),
  why: 'Agents refuse metadata of another resource, and tokens get an audience that the API does not accept.',
  mend: 'Set resource to the URL that you publish, with or without the slash at its end, or publish the URL that it names.',
  seen: [
    'https://github.com/microsoft/vscode/issues/259251',
    'https://github.com/exa-labs/exa-mcp-server/pull/387',
  ],
  judge: ofMetadata(({ resource }, where, { target }) => {
    // An origin with and without its slash is the same URL.
    if (typeof resource === 'string' && URL.parse(resource)?.href === URL.parse(target)?.href) return passed;
    const slash = slashBetween(resource, target);
    return failed(`resource is ${quote(resource)}, and the URL is ${target}.${slash}`, {
      where,
    });
  }),
};

const servers: Check = {
  id: 'resource.authorization-servers',
  title: 'The metadata name an authorization server.',
  severity: 'error',
  audience: EVERYONE,
  section: mcp('authorization server location', 'authorization-server-location'),
  why: 'Agents do not know where to sign in. Some then try the origin of the resource.',
  mend: 'Put the issuer of your authorization server in the list authorization_servers.',
  judge: ofMetadata((document, where) => {
    const list = listIn(document, 'authorization_servers') ?? [];
    const value = quote(document['authorization_servers']);
    return list.length > 0 && list.every((url) => webUrl(url) !== undefined)
      ? passed
      : failed(`authorization_servers is ${value}.`, { where });
  }),
};

const type: Check = {
  id: 'resource.content-type',
  title: 'The metadata are served as application/json.',
  severity: 'warning',
  audience: EVERYONE,
  section: rfc(9728, '3.2'),
  why: 'Strict agents refuse any other type.',
  mend: 'Send Content-Type: application/json.',
  judge: ({ resource }) => judgeType(resource?.metadata),
};

const cors: Check = {
  id: 'resource.cors',
  title: 'A page can read the metadata of the resource.',
  severity: 'error',
  audience: PAGES,
  section: CORS,
  why: 'The browser keeps the document from the agent.',
  mend: 'Send Access-Control-Allow-Origin: * with the metadata. They are public.',
  judge: ({ resource }) => judgeReadable(resource?.metadataForPage, 'The resource has no metadata.'),
};

const scopes: Check = {
  id: 'resource.scopes',
  title: 'The metadata list the scopes of the resource.',
  severity: 'note',
  audience: EVERYONE,
  section: rfc(9728, '2'),
  why: 'Agents request the scopes that are listed; without a list they request every scope of the authorization server, or none.',
  mend: 'Add scopes_supported with the scopes that an agent needs at first.',
  judge: ofMetadata((document, where) =>
    (listIn(document, 'scopes_supported') ?? []).length > 0
      ? passed
      : failed('scopes_supported is missing.', { where }),
  ),
};

export const resourceChecks: readonly Check[] = [exists, wellKnown, name, servers, type, cors, scopes];
