import type { DynamicGrantType, EffectiveClientMetadata } from '../metadata/client-metadata.ts';
import { parseClientMetadata } from '../metadata/parse-metadata.ts';
import { statementOf, toRecord } from '../registration/record.ts';
import type { Instant } from '../time.ts';
import type { Client, DynamicClient } from './client.ts';

/** A registered client that is not stored: its `client_id` is all there is of it. A person's approval stores it. */
export interface SealedClient extends DynamicClient {
  /** When its `client_id` expires, as it says itself. */
  readonly sealedUntil: Instant;
  /** When it expires by the current settings, which is not later. */
  readonly expiresAt: Instant;
}

/** Whether a client is not stored yet. */
export const isSealed = (client: Client): client is SealedClient => 'sealedUntil' in client;

/** What is sealed of a client. */
export interface SealedContents {
  readonly issuedAt: Instant;
  readonly sealedUntil: Instant;
  readonly metadata: EffectiveClientMetadata;
  /** The `iss` of the statement issuer that verified the client. */
  readonly vouchedBy?: string | undefined;
}

/** The contents as a text. Members that are the same for all dynamic clients are left out. */
export function writeSealed({ issuedAt, sealedUntil, metadata, vouchedBy }: SealedContents): string {
  const { token_endpoint_auth_method: _method, response_types: _types, ...chosen } = metadata;
  return JSON.stringify([issuedAt, sealedUntil, chosen, ...(vouchedBy === undefined ? [] : [vouchedBy])]);
}

/**
 * The client in a text that {@link writeSealed} made. Whatever the text is, the client is public, uses codes only and has no
 * other grants: nothing in the text can say otherwise. `undefined` if it is no such text.
 *
 * @param id the `client_id` that it was sealed as
 */
export function readSealed(realm: string, id: string, text: string): SealedClient | undefined {
  const [issuedAt, sealedUntil, chosen, vouchedBy] = listIn(text);
  const metadata = effectiveIn(chosen);
  if (!isInstant(issuedAt) || !isInstant(sealedUntil) || metadata === undefined) return undefined;
  const contents = { issuedAt, sealedUntil, metadata };
  return sealedClient(realm, id, typeof vouchedBy === 'string' ? { ...contents, vouchedBy } : contents);
}

/** The client with these contents. */
export const sealedClient = (
  realm: string,
  id: string,
  { issuedAt, sealedUntil, metadata, vouchedBy }: SealedContents,
): SealedClient => ({
  kind: 'dynamic',
  realm,
  id,
  version: 1,
  ...toRecord(metadata),
  issuedAt,
  registration: { ...(vouchedBy !== undefined && { vouchedBy }), ...statementOf(metadata) },
  sealedUntil,
  expiresAt: sealedUntil,
});

/** The client as it is stored: by a person's approval, from which on it is active, or by an operator who blocks it. */
export function storedFromSealed(
  { sealedUntil: _sealedUntil, expiresAt: _expiresAt, ...client }: SealedClient,
  { at, by }: { readonly at: Instant; readonly by: 'approval' | 'block' },
): DynamicClient {
  return by === 'approval' ? { ...client, lastUsedAt: at } : { ...client, blockedAt: at };
}

function listIn(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

const isInstant = (value: unknown): value is Instant => Number.isSafeInteger(value);

const GRANT_TYPES: readonly DynamicGrantType[] = ['authorization_code', 'refresh_token'];

function effectiveIn(chosen: unknown): EffectiveClientMetadata | undefined {
  const parsed = parseClientMetadata(chosen);
  if (!parsed.ok) return undefined;
  const { redirect_uris, client_name, grant_types = [], application_type } = parsed.metadata;
  if (redirect_uris === undefined || client_name === undefined) return undefined;
  return {
    ...parsed.metadata,
    redirect_uris,
    client_name,
    token_endpoint_auth_method: 'none',
    response_types: ['code'],
    grant_types: GRANT_TYPES.filter((type) => grant_types.includes(type)),
    application_type: application_type === 'native' ? 'native' : 'web',
  };
}
