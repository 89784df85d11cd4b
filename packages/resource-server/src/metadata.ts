import { PROOF_ALGORITHMS } from '@vestibule/dpop';
import type { ResourceServerOptions } from './options.ts';

/** @see {@link https://www.rfc-editor.org/rfc/rfc9728#section-2 RFC 9728 §2} */
export interface ProtectedResourceMetadata {
  readonly resource: string;
  readonly authorization_servers: readonly string[];
  /** Absent if bearer tokens are not accepted. */
  readonly bearer_methods_supported?: readonly ['header'];
  readonly scopes_supported?: readonly string[];
  readonly resource_name?: string;
  readonly dpop_signing_alg_values_supported?: readonly string[];
  readonly dpop_bound_access_tokens_required?: true;
}

/**
 * Makes the metadata of a protected resource.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9728#section-2 RFC 9728 §2}
 */
export function protectedResourceMetadata(options: ResourceServerOptions): ProtectedResourceMetadata {
  const { issuer, authorizationServer = issuer, resource, name, scopes = [], dpop = 'off' } = options;
  return {
    resource,
    authorization_servers: [authorizationServer],
    ...(dpop !== 'required' && { bearer_methods_supported: ['header'] as const }),
    ...(scopes.length > 0 && { scopes_supported: scopes }),
    ...(name !== undefined && { resource_name: name }),
    ...(dpop !== 'off' && { dpop_signing_alg_values_supported: PROOF_ALGORITHMS }),
    ...(dpop === 'required' && { dpop_bound_access_tokens_required: true }),
  };
}

/**
 * The URL of the metadata of a resource: the well-known part is between host and path.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9728#section-3.1 RFC 9728 §3.1}
 */
export function metadataUrlOf(resource: string): URL {
  const { origin, pathname, search } = new URL(resource);
  const path = pathname === '/' ? '' : pathname;
  return new URL(`${origin}/.well-known/oauth-protected-resource${path}${search}`);
}
