import type { Registration } from '../client/registration.ts';
import type { EffectiveClientMetadata } from '../metadata/client-metadata.ts';
import type { Hash } from '../ports/hash.ts';
import type { Realm } from '../realm/realm.ts';
import { parseRedirectUri } from '../redirect-uri/parse-redirect-uri.ts';
import { placeOf } from '../redirect-uri/place-of.ts';
import { isManaging } from './persistence.ts';
import { isVendorsPlace } from '../brand/is-theirs.ts';
import type { Vendor } from '../brand/vendor.ts';

/** How long a duplicate gets the same client, in seconds. */
export const COALESCING_SECONDS = 600;

/** Whether duplicates get the same client. Not if clients manage themselves, because each then needs its own token. */
export const isCoalescing = (realm: Realm): boolean =>
  realm.settings.registration.coalesce && !isManaging(realm);

/** What makes two registrations duplicates: the same network, the same identity, and the same request. */
export interface Sameness {
  readonly metadata: EffectiveClientMetadata;
  /** The IPv4 /24 or IPv6 /64 of the request. */
  readonly network: string;
  readonly identity: Pick<Registration, 'initialAccessTokenId' | 'vouchedBy' | 'bounds'>;
}

/**
 * Equal for registrations that are duplicates of each other; its inputs cannot be computed from it. The port of a loopback
 * redirect URI is ignored: the client uses any free port, and authorization accepts any.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8252#section-7.3 RFC 8252 §7.3}
 */
export function fingerprintOf(hash: Hash, { metadata, network, identity }: Sameness): string {
  const redirect_uris = distinct(metadata.redirect_uris.map(withoutLoopbackPort));
  const members: Member[] = Object.entries({ ...metadata, redirect_uris });
  const inNameOrder = members
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => [name, typeof value === 'string' ? value : inOrder(value)]);
  const { initialAccessTokenId, vouchedBy, bounds } = identity;
  return hash(JSON.stringify([network, initialAccessTokenId, vouchedBy, bounds, inNameOrder]));
}

type Member = [name: string, value: string | readonly string[]];

/**
 * A fingerprint for each redirect URI of a client that is not a loopback URI, in canonical form. None for loopback URIs and
 * for URIs of vendors.
 */
export function redirectFingerprintsOf(
  hash: Hash,
  redirectUris: readonly string[],
  vendors: readonly Vendor[] = [],
): readonly string[] {
  const places = redirectUris.filter((raw) => isStrangersPlace(raw, vendors)).map(placeOf);
  return inOrder(distinct(places)).map((place) => hash(`redirect-place:${place}`));
}

function withoutLoopbackPort(raw: string): string {
  const parsed = parseRedirectUri(raw);
  return parsed.ok && parsed.uri.kind === 'loopback' ? `http://${parsed.uri.host}${parsed.uri.target}` : raw;
}

/** Sorted by UTF-16 units, as `toSorted` does without a comparison. */
const inOrder = (texts: readonly string[]): readonly string[] =>
  texts.length < 2 ? texts : texts.toSorted();

const distinct = (texts: readonly string[]): readonly string[] =>
  texts.length < 2 ? texts : Array.from(new Set(texts));

/** Whether a redirect URI leads neither to this computer nor to a vendor. */
function isStrangersPlace(raw: string, vendors: readonly Vendor[]): boolean {
  const parsed = parseRedirectUri(raw);
  return !parsed.ok || !(parsed.uri.kind === 'loopback' || isVendorsPlace(parsed.uri, vendors));
}
