import type { Server } from './discover.ts';
import { type Fetch, readJsonObject, send } from './send.ts';

/** Paths of an API on the host of its authorization server: the root, and the usual path of MCP servers. */
const PATHS = ['', '/mcp'] as const;

/**
 * An API that a server issues tokens for: the first one that it advertises, otherwise one on its host whose metadata name
 * the server. `undefined` if none is found.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9728#section-4 RFC 9728 §4}
 */
export async function findResource(server: Server, fetch: Fetch): Promise<string | undefined> {
  const { issuer, protectedResources: [named] = [] } = server;
  if (named !== undefined) return named;
  const base = issuer.replace(/\/$/, '');
  for (const resource of new Set(PATHS.map((path) => `${base}${path}`))) {
    const found = await resourceAt(metadataUrlOf(resource), issuer, fetch);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The resource in the metadata at a URL, if they belong to it and name the issuer. */
async function resourceAt(url: string, issuer: string, fetch: Fetch): Promise<string | undefined> {
  const sent = await send(fetch, url, { headers: { accept: 'application/json' } });
  if (!sent.ok || sent.response.status !== 200) return undefined;
  const { resource, authorization_servers: servers } = (await readJsonObject(sent.response)) ?? {};
  const isOfIssuer = Array.isArray(servers) && servers.includes(issuer);
  return isOfIssuer &&
    typeof resource === 'string' &&
    URL.canParse(resource) &&
    metadataUrlOf(resource) === url
    ? resource
    : undefined;
}

/**
 * Where the metadata of a protected resource is: the well-known part stands between the host and the path.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9728#section-3.1 RFC 9728 §3.1}
 */
export function metadataUrlOf(resource: string): string {
  const { origin, pathname, search } = new URL(resource);
  return `${origin}/.well-known/oauth-protected-resource${pathname.replace(/\/$/, '')}${search}`;
}
