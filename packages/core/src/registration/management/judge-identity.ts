import { type Refusal, refusal } from '../../refusal.ts';

/**
 * RFC 7592 §2.2: the request names the client that it is about, and no secret that it does not have. What is no object is
 * left to the policy, which says so.
 */
export function judgeIdentity(body: unknown, clientId: string): Refusal | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
  const { client_id, client_secret }: Record<string, unknown> = { ...body };
  if (client_id !== clientId) {
    const found = client_id === undefined ? 'is missing' : 'is not that of this registration';
    return refusal('invalid_client_metadata', 'management.client-id', `client_id ${found}; send your own`);
  }
  return client_secret === undefined || client_secret === null || client_secret === ''
    ? undefined
    : refusal(
        'invalid_client_metadata',
        'management.client-secret',
        'client_secret must be left out: this client has none',
      );
}
