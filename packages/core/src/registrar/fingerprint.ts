import type { StoredClient } from '../client/stored-client.ts';
import type { EffectiveClientMetadata } from '../metadata/client-metadata.ts';
import type { Hash } from '../ports/hash.ts';
import { parseRedirectUri } from '../redirect-uri/parse.ts';

/** How long the same registration gets the same client, in seconds. */
export const COALESCING_SECONDS = 600;

/** What makes two registrations one: they come from the same network, by the same right, and ask for the same. */
export interface Sameness {
  readonly metadata: EffectiveClientMetadata;
  /** The IPv4 /24 or IPv6 /64 that it came from. */
  readonly network: string;
  readonly identity: Pick<StoredClient, 'initialAccessTokenId' | 'vouchedBy' | 'bounds'>;
}

/** The same for registrations that are one; it says nothing of what it is made from. */
export function fingerprintOf(hash: Hash, { metadata, network, identity }: Sameness): Promise<string> {
  const members = Object.entries(metadata).map(([name, value]) =>
    JSON.stringify([name, Array.isArray(value) ? inOrder(value) : value]),
  );
  const { initialAccessTokenId, vouchedBy, bounds } = identity;
  return hash(JSON.stringify([network, initialAccessTokenId, vouchedBy, bounds, inOrder(members)]));
}

/**
 * The same for clients that send people to the same places. An app on this computer takes whatever port is free, so
 * ports of loopback make no difference. `undefined` for clients that send people nowhere else than to their own computer.
 */
export async function redirectFingerprintOf(
  hash: Hash,
  redirectUris: readonly string[],
): Promise<string | undefined> {
  const isLocal = (raw: string): boolean => localPlace(raw) !== undefined;
  if (redirectUris.every(isLocal)) return undefined;
  const places = redirectUris.map((raw) => localPlace(raw) ?? raw);
  return hash(JSON.stringify(inOrder([...new Set(places)])));
}

const inOrder = (texts: readonly string[]): readonly string[] =>
  texts.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));

/** A place on this computer, whatever the port. */
function localPlace(raw: string): string | undefined {
  const parsed = parseRedirectUri(raw);
  return parsed.ok && parsed.uri.kind === 'loopback' ? `${parsed.uri.host}${parsed.uri.target}` : undefined;
}
