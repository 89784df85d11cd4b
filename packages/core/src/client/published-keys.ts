import type { PublishedKeys } from './document-authentication.ts';
import { STATEMENT_ALGORITHMS } from '../software-statement/verifier.ts';
import { isFetchableUrl } from '../text/fetchable-url.ts';
import { isObject, isPresent, isText, type Members } from '../members.ts';

/** The keys of a document (absent: it has none), or what is wrong with them. */
export type ReadKeys =
  { readonly ok: true; readonly keys?: PublishedKeys } | { readonly ok: false; readonly problem: string };

/** The largest number of keys in a document. All of them may be tried for one signature. */
const MOST_KEYS = 16;
/** The longest URL of keys, in characters. */
const MAX_URL_LENGTH = 1_024;

/** Members of keys that must not be published. RFC 7518 §6, RFC 8037 §2. */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/** What is kept of a key. */
const KEPT_MEMBERS = ['kty', 'crv', 'x', 'y', 'n', 'e', 'kid', 'alg', 'use', 'key_ops'] as const;

/**
 * Reads the keys of a document: public ones only, in the document or at an https URL. Keys that cannot verify a signature are left
 * out, as RFC 7517 asks.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7517#section-5 RFC 7517 §5}
 */
export function readKeys({ jwks, jwks_uri: uri }: Members): ReadKeys {
  if (isPresent(jwks) && isPresent(uri)) return invalid('the document must not have both jwks and jwks_uri');
  if (isPresent(uri)) {
    return isAddressOfKeys(uri)
      ? { ok: true, keys: { jwksUri: uri } }
      : invalid(
          `jwks_uri must be an https URL without a user name and a fragment, of at most ${MAX_URL_LENGTH} characters`,
        );
  }
  if (!isPresent(jwks)) return { ok: true };
  const keys = isObject(jwks) ? jwks['keys'] : undefined;
  if (!Array.isArray(keys) || !keys.every(isObject)) return invalid('jwks must have a list of keys');
  if (keys.some(isPrivate)) return invalid('jwks must have public keys only');
  if (keys.length > MOST_KEYS) return invalid(`jwks must have at most ${MOST_KEYS} keys`);
  return { ok: true, keys: { jwks: { keys: keys.filter(canVerify).map(kept) } } };
}

const invalid = (problem: string): ReadKeys => ({ ok: false, problem });

const isAddressOfKeys = (uri: unknown): uri is string =>
  isText(uri) && uri.length <= MAX_URL_LENGTH && !uri.includes('#') && isFetchableUrl(uri);

/** Whether a key is symmetric, or has a private member. A member counts if it is there, whatever its value is. */
const isPrivate = (key: Members): boolean =>
  key['kty'] === 'oct' || PRIVATE_MEMBERS.some((member) => isPresent(key[member]));

const kept = (key: Members): Members =>
  Object.fromEntries(
    KEPT_MEMBERS.flatMap((member) => (isPresent(key[member]) ? [[member, key[member]]] : [])),
  );

/** Whether a key can verify a signature that is accepted here. */
const canVerify = (key: Members): boolean =>
  hasPurpose(key) && (!isPresent(key['kid']) || isText(key['kid'])) && hasKeyMaterial(key);

function hasPurpose({ use, key_ops: operations, alg }: Members): boolean {
  if (isPresent(use) && use !== 'sig') return false;
  if (isPresent(operations) && !(Array.isArray(operations) && operations.includes('verify'))) return false;
  return !isPresent(alg) || STATEMENT_ALGORITHMS.some((known) => known === alg);
}

/** The length of a coordinate on each curve, in characters of base64url. */
const COORDINATE_LENGTH: ReadonlyMap<unknown, number> = new Map([
  ['P-256', 43],
  ['P-384', 64],
  ['P-521', 88],
]);

/** An Ed25519 key in base64url. */
const ED25519_LENGTH = 43;
/** RSA keys of 2,048 to 8,192 bits in base64url: shorter ones are weak, longer ones only cost time. */
const MODULUS_LENGTH = { least: 342, most: 1_366 };
/** An RSA exponent of at most 64 bits in base64url. */
const EXPONENT_LENGTH = { least: 1, most: 11 };

function hasKeyMaterial({ kty, crv, x, y, n, e }: Members): boolean {
  switch (kty) {
    case 'EC': {
      const length = COORDINATE_LENGTH.get(crv);
      return length !== undefined && [x, y].every((value) => isOfLength(value, length, length));
    }
    case 'OKP':
      return crv === 'Ed25519' && isOfLength(x, ED25519_LENGTH, ED25519_LENGTH);
    case 'RSA':
      return (
        isOfLength(n, MODULUS_LENGTH.least, MODULUS_LENGTH.most) &&
        isOfLength(e, EXPONENT_LENGTH.least, EXPONENT_LENGTH.most)
      );
    default:
      return false;
  }
}

const isOfLength = (value: unknown, least: number, most: number): boolean =>
  isText(value) && value.length >= least && value.length <= most && /^[\w-]+$/.test(value);
