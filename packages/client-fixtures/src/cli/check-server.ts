import { tryDocuments } from '../run/try-documents.ts';
import type { CheckOutcome } from '../run/outcome.ts';
import { tryRegistrations } from '../run/try-registrations.ts';
import { discover } from '../server/discover.ts';
import { ServerNotFound } from '../server/not-found.ts';
import { type ClientKind, notOffered, offers, offersRegistration } from '../server/offers.ts';
import { findResource } from '../server/resource.ts';
import type { Options } from './options.ts';
import type { NamedAgent } from './progress.ts';

/** What was checked, with the outcomes. */
export interface Checked {
  /** The kinds of clients that were tried. */
  readonly kinds: readonly ClientKind[];
  /** Why the others were not, as sentences. */
  readonly notOffered: readonly string[];
  readonly outcomes: readonly CheckOutcome[];
}

/**
 * Tries agents in both ways, as far as the server offers them.
 *
 * @throws ServerNotFound if there is no server, or it offers nothing that was asked for
 */
export async function checkServer(
  { issuer, fixtures, documents, token, ...options }: Omit<Options, 'json'>,
  onAgent: (agent: NamedAgent) => void,
): Promise<Checked> {
  const { fetch } = globalThis;
  const server = await discover(issuer, fetch);
  const agents = { dynamic: fixtures, 'metadata-document': documents };
  const asked = KINDS.filter((kind) => agents[kind].length > 0);
  const kinds = asked.filter((kind) => offers(server, kind));
  const missing = asked.filter((kind) => !kinds.includes(kind)).map((kind) => notOffered(server, kind));
  if (kinds.length === 0) throw new ServerNotFound(missing.join('\n'));

  const sent = { fetch, resource: options.resource ?? (await findResource(server, fetch)) };
  const registrations = offersRegistration(server)
    ? await tryRegistrations(fixtures, server, { ...sent, token }, onAgent)
    : [];
  const described = kinds.includes('metadata-document')
    ? await tryDocuments(documents, server, sent, onAgent)
    : [];
  return { kinds, notOffered: missing, outcomes: [...registrations, ...described] };
}

const KINDS: readonly ClientKind[] = ['dynamic', 'metadata-document'];
