import type { JsonWebKeySet } from '../../software-statement/verifier.ts';
import { isFetchableUrl } from '../../text/fetchable-url.ts';
import type { AuthenticationTerms } from './terms.ts';

/** The shortest secret that an operator can choose: as hard to guess as a generated one. */
const MIN_SECRET_LENGTH = 32;
const SECRET = /^[\x21-\x7E]+$/;

/** Members of a JWK that contain a private or symmetric key. RFC 7518 §6, RFC 8037 §2. */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/** Checks the authentication of a client. */
export function judgeAuthentication(terms: AuthenticationTerms): string | undefined {
  switch (terms.method) {
    case 'none':
      return undefined;
    case 'client_secret_basic':
    case 'client_secret_post':
      return terms.secret === undefined ||
        (SECRET.test(terms.secret) && terms.secret.length >= MIN_SECRET_LENGTH)
        ? undefined
        : `needs a secret of ${MIN_SECRET_LENGTH} or more printable ASCII characters`;
    case 'private_key_jwt':
      return judgeKeys(terms);
  }
}

function judgeKeys({
  jwks,
  jwksUri,
}: Extract<AuthenticationTerms, { readonly method: 'private_key_jwt' }>): string | undefined {
  if ((jwks === undefined) === (jwksUri === undefined)) return 'needs either a key set or its address';
  return jwks === undefined ? addressProblem(jwksUri ?? '') : keySetProblem(jwks);
}

const addressProblem = (address: string): string | undefined =>
  isFetchableUrl(address) ? undefined : 'needs a jwks_uri that is an https address without a user name';

function keySetProblem({ keys }: JsonWebKeySet): string | undefined {
  if (keys.length === 0) return 'needs a key set with a key in it';
  return keys.every(
    (key) =>
      typeof key['kty'] === 'string' &&
      key['kty'] !== 'oct' &&
      PRIVATE_MEMBERS.every((member) => !Object.hasOwn(key, member)),
  )
    ? undefined
    : 'needs a key set of public keys alone; it holds a private or a symmetric one, or what is no key';
}
