import { isKnownMember } from '../metadata/parse-metadata.ts';

/** The members of a request with a statement that count: how the client works. The statement says who it is. */
const LEFT_TO_THE_BODY: ReadonlySet<string> = new Set([
  'token_endpoint_auth_method',
  'grant_types',
  'response_types',
  'scope',
  'application_type',
  'software_statement',
]);

/** Claims about the statement, not about the client. */
const ABOUT_THE_STATEMENT: ReadonlySet<string> = new Set(['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti']);

/** Claims that a statement must contain itself, because a copied statement can be sent with any other members. */
const REQUIRED = ['client_name', 'redirect_uris'] as const;

/**
 * A registration request with the claims of its statement applied.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-2.3 RFC 7591 §2.3}
 */
export function withClaims(body: object, claims: Readonly<Record<string, unknown>>): object {
  const own = Object.entries(body).filter(([name]) => LEFT_TO_THE_BODY.has(name));
  const claimed = Object.entries(claims).filter(
    ([name, value]) => !ABOUT_THE_STATEMENT.has(name) && name !== 'software_statement' && isThere(value),
  );
  return Object.fromEntries([...own, ...claimed]);
}

/** The members of a request that its statement overrides, or that only a statement can contain. */
export const overruledMembers = (
  body: object,
  claims: Readonly<Record<string, unknown>>,
): readonly string[] => {
  const judged = new Map<string, unknown>(Object.entries(withClaims(body, claims)));
  return Object.entries(body)
    .filter(([name, value]) => isKnownMember(name) && isThere(value) && !isSame(judged.get(name), value))
    .map(([name]) => name);
};

/** The missing claim, if a statement does not cover what people see of the client. */
export const missingClaim = (
  claims: Readonly<Record<string, unknown>>,
): (typeof REQUIRED)[number] | undefined =>
  REQUIRED.find((name) => !Object.hasOwn(claims, name) || !isThere(claims[name]));

const isSame = (one: unknown, other: unknown): boolean =>
  one === other ||
  (Array.isArray(one) &&
    Array.isArray(other) &&
    one.length === other.length &&
    one.every((item, index) => item === other[index]));

const isThere = (value: unknown): boolean => value !== null && value !== '';
