import { type Refusal, refusal } from '../../refusal.ts';

/**
 * RFC 7592 §2.2: the request names its client, and no secret that the client does not have. A body that is not an object is
 * left to the policy, which refuses it.
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
