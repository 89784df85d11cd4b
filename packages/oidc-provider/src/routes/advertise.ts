import { isOpenToDocuments, isRegistrationOpen, obtainableScopes } from '@vestibule/core';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { type BridgeContext, currentRealm } from '../bridge-context.ts';

/**
 * Adds to the metadata of the provider what is open at the moment: registration, metadata documents, and the scopes that a
 * self-registered client can obtain.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8414#section-2 RFC 8414 §2}
 */
export async function advertise(context: BridgeContext, ctx: KoaContextWithOIDC): Promise<void> {
  const { body } = ctx;
  if (typeof body !== 'object' || body === null || !('scopes_supported' in body)) return;
  const realm = await currentRealm(context);
  const scopes: readonly unknown[] = Array.isArray(body.scopes_supported) ? body.scopes_supported : [];
  ctx.body = {
    ...body,
    scopes_supported: [...new Set([...scopes, ...obtainableScopes(realm)])],
    ...(isRegistrationOpen(realm) && {
      registration_endpoint: `${context.issuer}${context.registrationPath}`,
    }),
    ...(context.metadataDocuments !== undefined &&
      isOpenToDocuments(realm) && { client_id_metadata_document_supported: true }),
  };
}
