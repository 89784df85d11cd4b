import type { Client } from '@vestibule/core';

/**
 * Whether installs on many computers use one `client_id`, so that the client alone does not tell whose access something is about. A
 * client that registers has an id of its own for each install.
 */
export const hasManyInstalls = ({ kind }: Pick<Client, 'kind'>): boolean => kind === 'metadata-document';
