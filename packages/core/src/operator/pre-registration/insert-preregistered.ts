import type { Actor } from '../../audit/actor.ts';
import { isDocumentId } from '../../client/client-id-url.ts';
import type { MetadataDocumentClient, PreregisteredClient } from '../../client/client.ts';
import type { ActContext } from '../act-context.ts';
import { termsEvent } from '../client-state.ts';
import type { PreregisteredInsertion } from './terms.ts';

type Options = Pick<ActContext, 'clients' | 'clock' | 'carryOut'>;

/**
 * Stores a pre-registered client with its event. A client whose id is the URL of a document replaces the one that the document
 * described: what an operator says about a `client_id` takes precedence over what is at the URL.
 */
export async function insertPreregistered(
  options: Options,
  actor: Actor,
  client: PreregisteredClient,
): Promise<PreregisteredInsertion> {
  const { realm, id } = client;
  const known = isDocumentId(id) ? await options.clients.find(realm, id) : undefined;
  if (known?.kind === 'metadata-document') return replace(options, actor, known, client);
  const event = termsEvent('client.preregistered', undefined, client);
  const changes = [{ kind: 'client.insert', client } as const];
  const { committed } = await options.carryOut({ actor, realm, changes, event });
  if (committed) return { outcome: 'inserted', client };
  // If it was unknown, a document can have been fetched meanwhile.
  return isDocumentId(id) && known === undefined
    ? insertPreregistered(options, actor, client)
    : { outcome: 'exists' };
}

/** The grants of the replaced client end, because people gave them to what its document said. */
async function replace(
  options: Options,
  actor: Actor,
  known: MetadataDocumentClient,
  client: PreregisteredClient,
): Promise<PreregisteredInsertion> {
  if (known.blockedAt !== undefined) return { outcome: 'blocked' };
  const { realm, id } = client;
  const { version: expectedVersion } = known;
  const changes = [
    { kind: 'client.replace', client, expectedVersion } as const,
    { kind: 'grant.end-all', realm, clientId: id, at: options.clock() } as const,
  ];
  const event = termsEvent('client.preregistered', known, client);
  const { committed } = await options.carryOut({ actor, realm, changes, event });
  // It was used, deleted or fetched again meanwhile.
  if (!committed) return insertPreregistered(options, actor, client);
  const stored = { ...client, version: expectedVersion + 1 };
  return { outcome: 'inserted', client: stored, replacedDocument: true };
}
