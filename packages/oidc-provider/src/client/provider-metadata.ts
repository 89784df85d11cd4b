import { parseRedirectUri, type SelfRegisteredClient } from '@vestibule/core';
import type { JsonWebKeySet } from '@vestibule/core/registration';
import type { ClientMetadata } from 'oidc-provider';
import { KIND } from './client-kind.ts';

/**
 * A self-registered client as oidc-provider reads clients. Every member that one of the five rules depends on is written, so that
 * neither the client nor `clientDefaults` decides it: a public client, `code` only, no grant besides the two, responses in the query.
 * Nothing in it makes oidc-provider fetch a URL of the client.
 *
 * @param keys the keys of a document whose client signs this request @default none: the client is public
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-2 RFC 7591 §2}
 */
export function providerMetadata(client: SelfRegisteredClient, keys?: JsonWebKeySet): ClientMetadata {
  const { uris, type } = redirectsOf(client.redirectUris);
  return {
    client_id: client.id,
    client_name: client.name,
    redirect_uris: uris,
    application_type: type,
    response_types: ['code'],
    response_modes: ['query'],
    grant_types: [...client.grantTypes],
    subject_type: 'public',
    require_auth_time: false,
    [KIND]: client.kind,
    ...(keys === undefined
      ? { token_endpoint_auth_method: 'none' as const }
      : { token_endpoint_auth_method: 'private_key_jwt' as const, jwks: copyOf(keys) }),
  };
}

/** The type of oidc-provider has members that can be changed. */
const copyOf = ({ keys }: JsonWebKeySet): NonNullable<ClientMetadata['jwks']> =>
  structuredClone({ keys: [...keys] });

/**
 * The redirect URIs in all spellings that match: oidc-provider accepts any port of loopback from a native client, but not an empty
 * path for `/`. A native client cannot have an https URI of this computer, so a client that has one counts as a web client.
 */
function redirectsOf(registered: readonly string[]): {
  readonly uris: string[];
  readonly type: 'native' | 'web';
} {
  const hasHttpsHere = registered.some((uri) =>
    /^https:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/?]|$)/i.test(uri),
  );
  return { uris: [...new Set(registered.flatMap(spellingsOf))], type: hasHttpsHere ? 'web' : 'native' };
}

const EMPTY_PATH = /^(http:\/\/[^/?#]+)(\?.*)?$/;
const ROOT_PATH = /^(http:\/\/[^/?#]+)\/(\?.*)?$/;

function spellingsOf(registered: string): readonly string[] {
  const parsed = parseRedirectUri(registered);
  if (!parsed.ok || parsed.uri.kind !== 'loopback') return [registered];
  return [
    registered,
    registered.replace(EMPTY_PATH, (_, origin: string, query = '') => `${origin}/${query}`),
    registered.replace(ROOT_PATH, (_, origin: string, query = '') => `${origin}${query}`),
  ];
}
