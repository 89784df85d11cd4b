import { ServerNotFound } from './not-found.ts';
import { type Fetch, readJsonObject, send } from './send.ts';

/** What the suite needs to know about a server. */
export interface Server {
  readonly issuer: string;
  /** Where its metadata was found. */
  readonly metadataUrl: string;
  readonly authorizationEndpoint: URL;
  /** Absent if no client can register. */
  readonly registrationEndpoint?: URL;
  /** Its `client_id_metadata_document_supported`, as it was sent. */
  readonly documentsSupported: unknown;
  /** Its `token_endpoint_auth_methods_supported`. Absent if it advertises none. */
  readonly authMethods?: readonly string[];
  /** Its `scopes_supported`. Absent if it advertises none. */
  readonly scopes?: readonly string[];
  /** Its `protected_resources`. Absent if it advertises none. */
  readonly protectedResources?: readonly string[];
}

/**
 * Finds the endpoints of an issuer, in its OAuth metadata or, if it has none, in its OpenID metadata.
 *
 * @throws ServerNotFound if it has none, names another issuer, or has no authorization endpoint
 * @see {@link https://www.rfc-editor.org/rfc/rfc8414#section-3 RFC 8414 §3}
 */
export async function discover(issuer: string, fetch: Fetch): Promise<Server> {
  const places = metadataUrls(issuer);
  for (const url of places) {
    const sent = await send(fetch, url, {});
    if (!sent.ok || sent.response.status !== 200) continue;
    const metadata = await readJsonObject(sent.response);
    if (metadata !== undefined) return toServer(issuer, url, metadata);
  }
  throw new ServerNotFound(
    `No authorization server responds for ${issuer}; its metadata is at none of ${places.join(', ')}. Is it running, and is this its issuer?`,
  );
}

/**
 * Where the metadata of an issuer is looked for, in the order of clients: RFC 8414 first, then OpenID discovery with the path
 * inserted, then with the path in front.
 *
 * @throws ServerNotFound if it cannot be an issuer
 * @see {@link https://www.rfc-editor.org/rfc/rfc8414#section-3.1 RFC 8414 §3.1}
 */
export function metadataUrls(issuer: string): readonly string[] {
  const url = URL.parse(issuer);
  if (!url || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '') {
    throw new ServerNotFound(
      `${issuer} is no issuer; it is an address like https://id.example, without ? and #.`,
    );
  }
  const path = url.pathname.replace(/\/$/, '');
  return [
    ...new Set([
      `${url.origin}/.well-known/oauth-authorization-server${path}`,
      `${url.origin}/.well-known/openid-configuration${path}`,
      `${url.origin}${path}/.well-known/openid-configuration`,
    ]),
  ];
}

function toServer(issuer: string, url: string, metadata: Readonly<Record<string, unknown>>): Server {
  if (metadata['issuer'] !== issuer) {
    throw new ServerNotFound(
      `The metadata at ${url} is that of ${String(metadata['issuer'])}, not of ${issuer}; agents compare the two to the byte.`,
    );
  }
  const endpoint = (member: string): URL | undefined => {
    const value = metadata[member];
    return (typeof value === 'string' && URL.parse(value)) || undefined;
  };
  const list = (member: string): readonly string[] => {
    const value: unknown = metadata[member];
    return Array.isArray(value) ? value.map(String) : [];
  };
  const authorizationEndpoint = endpoint('authorization_endpoint');
  if (authorizationEndpoint === undefined) {
    throw new ServerNotFound(`The metadata at ${url} has no authorization_endpoint.`);
  }
  const registrationEndpoint = endpoint('registration_endpoint');
  const [scopes, protectedResources] = [list('scopes_supported'), list('protected_resources')];
  const authMethods = list('token_endpoint_auth_methods_supported');
  return {
    issuer,
    metadataUrl: url,
    authorizationEndpoint,
    documentsSupported: metadata['client_id_metadata_document_supported'],
    ...(registrationEndpoint !== undefined && { registrationEndpoint }),
    ...(scopes.length > 0 && { scopes }),
    ...(protectedResources.length > 0 && { protectedResources }),
    ...(authMethods.length > 0 && { authMethods }),
  };
}
