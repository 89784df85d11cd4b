import type { Client, Commit } from '@vestibule/core';

/** The API for administrators of the server that exists. */
export interface AdminApi {
  /** The URL of its clients; the id of a client is appended. */
  readonly clients: string;
  readonly token: string;
}

/** What the server that exists is told about a client: what our policy accepted, and nothing else. */
const described = ({ name, redirectUris, applicationType, grantTypes, scope }: Client): object => ({
  client_name: name,
  redirect_uris: redirectUris,
  application_type: applicationType,
  grant_types: grantTypes,
  response_types: ['code'],
  token_endpoint_auth_method: 'none',
  ...(scope !== undefined && { scope: scope.join(' ') }),
});

/**
 * Commits a registration, and creates its client there before the agent learns its `client_id`. If that fails, the agent gets a
 * 503; when it tries again, it is a duplicate here, and is created there now.
 */
export const creatingThere =
  (commit: Commit, { clients, token }: AdminApi): Commit =>
  async (changes) => {
    const outcome = await commit(changes);
    for (const client of accepted(changes, outcome)) {
      const response = await fetch(`${clients}/${encodeURIComponent(client.id)}`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(described(client)),
        signal: AbortSignal.timeout(5_000),
      }).catch(unavailable);
      if (!response.ok) unavailable(new Error(`The server responded with ${response.status}.`));
    }
    return outcome;
  };

/** The clients that a commit added, or found to be registered before. */
function accepted(changes: Parameters<Commit>[0], outcome: Awaited<ReturnType<Commit>>): readonly Client[] {
  if (outcome.committed) {
    return changes.flatMap((change) => (change.kind === 'client.insert' ? [change.client] : []));
  }
  const { unmet } = outcome;
  return unmet.kind === 'client.insert' && unmet.reason === 'duplicate' ? [unmet.client] : [];
}

function unavailable(cause: unknown): never {
  const error = new Error('The client could not be created at the authorization server.', { cause });
  throw Object.assign(error, { code: 'STORE_UNAVAILABLE', retryAfter: 5 });
}
