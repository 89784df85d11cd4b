import type { OperatorFetch } from '@vestibule/cimd/node';
import { createOperatorFetch } from '@vestibule/cimd/node';
import { isLoopbackUrl } from '@vestibule/http';
import type { CustomFetch } from 'openid-client';

/** There was no response from the provider. */
export class Unreachable extends Error {}

/** Networks of a provider on this computer. */
const LOOPBACK = ['127.0.0.0/8', '::1/128'];

/** In seconds. The person waits for it, and providers are slower than documents. */
const PATIENCE = { headersTimeout: 10, totalTimeout: 15 };

/**
 * The guarded fetch for a provider. On this computer, it is reached with plain http as well.
 *
 * @throws TypeError if one of the networks is not in CIDR notation
 */
export const fetchFor = (issuer: string, networks: readonly string[]): OperatorFetch =>
  createOperatorFetch({
    ...PATIENCE,
    allowOperators: isLoopbackUrl(issuer) ? [...networks, ...LOOPBACK] : networks,
  });

/** Lets openid-client use the guarded fetch. Its own `redirect` is always `manual`, which the guard does anyway. */
export const customFetchOf =
  (fetch: OperatorFetch): CustomFetch =>
  async (url, { method, headers, body }) => {
    if (
      body !== undefined &&
      body !== null &&
      typeof body !== 'string' &&
      !(body instanceof URLSearchParams)
    ) {
      throw new TypeError('Only forms and texts are sent to a provider.');
    }
    try {
      return await fetch(url, { method, headers, ...(body !== undefined && { body }) });
    } catch (error) {
      throw new Unreachable(error instanceof Error ? error.message : 'The provider cannot be reached.');
    }
  };
