import type { Registration } from '../client/registration.ts';
import type { EffectiveClientMetadata } from '../metadata/client-metadata.ts';
import type { Hash } from '../ports/hash.ts';
import type { Realm } from '../realm/realm.ts';
import { parseRedirectUri } from '../redirect-uri/parse-redirect-uri.ts';
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
  const redirectUris = Array.from(new Set(metadata.redirect_uris.map(withoutLoopbackPort)));
  const members = new Map<string, string | readonly string[]>(Object.entries(metadata));
  members.set('redirect_uris', redirectUris);
  const inNameOrder = inOrder(Array.from(members.keys())).map((name) => {
    const value = members.get(name);
    return [name, typeof value === 'string' ? value : inOrder(value ?? [])];
  });
  const { initialAccessTokenId, vouchedBy, bounds } = identity;
  return hash(JSON.stringify([network, initialAccessTokenId, vouchedBy, bounds, inNameOrder]));
}

/**
 * A fingerprint for each redirect URI of a client that is not a loopback URI, in canonical form. None for loopback URIs and
 * for URIs of vendors.
 */
export function redirectFingerprintsOf(
  hash: Hash,
  redirectUris: readonly string[],
  vendors: readonly Vendor[] = [],
): readonly string[] {
  const places = new Set(redirectUris.flatMap((raw) => placeOf(raw, vendors) ?? []));
  return inOrder([...places]).map((place) => hash(`redirect-place:${place}`));
}

function withoutLoopbackPort(raw: string): string {
  const parsed = parseRedirectUri(raw);
  return parsed.ok && parsed.uri.kind === 'loopback' ? `http://${parsed.uri.host}${parsed.uri.target}` : raw;
}

/** Sorted by UTF-16 units, as `toSorted` does without a comparison. */
const inOrder = (texts: readonly string[]): readonly string[] =>
  texts.length < 2 ? texts : texts.toSorted();

/** Scheme, host and path as a browser writes them; the query does not change the destination. */
function placeOf(raw: string, vendors: readonly Vendor[]): string | undefined {
  const parsed = parseRedirectUri(raw);
  if (parsed.ok && (parsed.uri.kind === 'loopback' || isVendorsPlace(parsed.uri, vendors))) return undefined;
  const [place = raw] = (URL.parse(raw)?.href ?? raw).split('?');
  return place;
}
