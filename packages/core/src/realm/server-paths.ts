/** The path below an issuer under which an authorization server has its endpoints. */
export const SERVER_PATH = '/connect';

/**
 * The path of the userinfo endpoint below an issuer. It is an API like any other, which a realm has only if it lists it.
 *
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#UserInfo OpenID Connect Core §5.3}
 */
export const USERINFO_PATH = '/connect/userinfo';

/** Where a realm's server is, as resources of its APIs may be. */
interface Place {
  readonly origin: string;
  /** Without a slash at the end; empty for an issuer without a path. */
  readonly path: string;
}

const placeOf = (issuer: string): Place => {
  const url = URL.parse(issuer);
  return { origin: url?.origin ?? '', path: url?.pathname.replace(/\/$/, '') ?? '' };
};

/** The URI of a resource that may be written as a path at the issuer's origin, such as `/mcp`. */
export const absoluteResource = (resource: string, issuer: string): string =>
  /^\/(?!\/)/.test(resource) ? `${placeOf(issuer).origin}${resource}` : resource;

/** The path of the userinfo endpoint from the root of the issuer's host. */
export const userinfoPath = (issuer: string): string => `${placeOf(issuer).path}${USERINFO_PATH}`;

/** Whether a resource is an endpoint of the authorization server itself, which is no API. Userinfo is one. */
export function isServersOwn(resource: string, issuer: string): boolean {
  const { origin, path } = placeOf(issuer);
  if (resource === `${origin}${userinfoPath(issuer)}`) return false;
  const taken = ['/.well-known', `${path}/.well-known`, `${path}${SERVER_PATH}`];
  return taken.some((one) => `${resource}/`.startsWith(`${origin}${one}/`));
}
