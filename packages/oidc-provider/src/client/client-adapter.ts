import { type Client, isDocumentId } from '@vestibule/core';
import { type Adapter, type ClientMetadata, errors, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import { type BridgeContext, currentRealm } from '../bridge-context.ts';
import { currentOf, type CurrentClient } from './current-client.ts';
import type { FindKeys } from './presented-keys.ts';
import { providerMetadata } from './provider-metadata.ts';
import { requestSource } from './request-source.ts';

/** Routes where a person is about to be involved. A document is fetched there, and nowhere else. */
const BEGINNINGS: ReadonlySet<string> = new Set(['authorization', 'pushed_authorization_request']);
/** Routes of a person who began in time. */
const INTERACTIONS: ReadonlySet<string> = new Set(['resume']);
/** Routes where a client acts for itself. */
const OF_THE_CLIENT: ReadonlySet<string> = new Set(['token', 'introspection', 'revocation']);

/**
 * Finds the clients of the provider in its own adapter, and those that registered themselves in ours. The clients of the provider come
 * first, so what an operator decided about an id stands. Nothing is written to the adapter of the provider.
 */
export function clientAdapter(context: BridgeContext, theirs: Adapter, findKeys: FindKeys): Adapter {
  return {
    ...passedOn(theirs),
    async find(id) {
      const known = await theirs.find(id);
      return known ?? ours(context, id, findKeys);
    },
  };
}

/** The other methods, bound: an adapter may be an instance of a class. */
const passedOn = (adapter: Adapter): Omit<Adapter, 'find'> => ({
  upsert: (...given) => adapter.upsert(...given),
  findByUserCode: (...given) => adapter.findByUserCode(...given),
  findByUid: (...given) => adapter.findByUid(...given),
  consume: (...given) => adapter.consume(...given),
  destroy: (...given) => adapter.destroy(...given),
  revokeByGrantId: (...given) => adapter.revokeByGrantId(...given),
});

async function ours(
  context: BridgeContext,
  id: string,
  findKeys: FindKeys,
): Promise<ClientMetadata | undefined> {
  const ctx = Provider.ctx;
  const route = ctx?.oidc.route ?? '';
  const [realm, stored] = await Promise.all([currentRealm(context), context.clients.find(context.realm, id)]);
  const client =
    ctx !== undefined && BEGINNINGS.has(route) ? await obtained(context, ctx, id, stored) : stored;
  const current = client && currentOf(context, realm, client, INTERACTIONS.has(route));
  if (current === undefined) return undefined;
  requireStanding(current, route);
  return providerMetadata(current.client, ctx && (await keysOf(ctx, current, findKeys)));
}

/**
 * Refuses a client that is known but must not act. Its agent is not told to register again, which `invalid_client` would mean.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-5.2 RFC 6749 §5.2}
 */
function requireStanding({ standing }: CurrentClient, route: string): void {
  const isOwn = OF_THE_CLIENT.has(route);
  switch (standing.kind) {
    case 'blocked': {
      const description = 'an operator has blocked this client';
      throw isOwn ? new errors.InvalidGrant(description) : new errors.AccessDenied(description);
    }
    case 'unacceptable': {
      if (isOwn) throw new errors.InvalidGrant('the client is hibernated');
      throw new errors.AccessDenied(standing.refusal.description);
    }
    case 'asleep':
      if (isOwn) throw new errors.InvalidGrant('the client is hibernated; a person has to approve it again');
      return;
    case 'good':
    case 'gone':
    case 'restorable':
  }
}

/** A client as its metadata document describes it, if its id is the URL of one. */
async function obtained(
  { metadataDocuments, ...context }: BridgeContext,
  ctx: KoaContextWithOIDC,
  id: string,
  stored: Client | undefined,
): Promise<Client | undefined> {
  if (metadataDocuments === undefined || !isDocumentId(id)) return stored;
  const outcome = await metadataDocuments.obtain(await currentRealm(context), id, stored, requestSource(ctx));
  switch (outcome.outcome) {
    case 'other':
      return stored;
    case 'current':
    case 'stale':
      return outcome.client;
    case 'refused':
      throw new errors.AccessDenied(outcome.refusal.description);
    case 'unavailable':
      throw new errors.TemporarilyUnavailable(
        'the metadata document of the client cannot be fetched at the moment',
      );
    case 'limited':
      throw new errors.TemporarilyUnavailable('too many metadata documents; try again later');
  }
}

/** The keys of a document, if this request is signed or the document permits nothing else. */
async function keysOf(
  ctx: KoaContextWithOIDC,
  { realm, client }: CurrentClient,
  findKeys: FindKeys,
): ReturnType<FindKeys> {
  if (client.kind !== 'metadata-document') return undefined;
  const accepts = client.document.authentication?.accepts ?? 'none';
  if (accepts === 'none') return undefined;
  const isSigned = ctx.oidc.params?.['client_assertion'] !== undefined;
  if (isSigned) return (await findKeys(realm, client, requestSource(ctx))) ?? { keys: [] };
  // A browser never signs. The client must not count as public there, so that it does not at the token endpoint either.
  return accepts === 'either' ? undefined : { keys: [] };
}
