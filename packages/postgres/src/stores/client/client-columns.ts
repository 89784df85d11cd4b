import type { Client } from '@vestibule/core';
import type { Value } from '../../database/statement.ts';
import { type ClientRow, toRow } from './client-row.ts';

const NAMES: readonly (keyof ClientRow)[] = [
  'realm',
  'id',
  'version',
  'name',
  'redirect_uris',
  'grant_types',
  'application_type',
  'scope',
  'client_uri',
  'logo_uri',
  'tos_uri',
  'policy_uri',
  'software_id',
  'software_version',
  'contacts',
  'translations',
  'issued_at',
  'bounds',
  'software_statement',
  'vouched_by',
  'initial_access_token_id',
  'registration_access_token_hash',
  'fingerprint',
  'last_used_at',
  'hibernated_at',
  'blocked_at',
  'kind',
  'preregistration',
  'document',
];

/** Every column of a client, beginning with realm and id. */
export const COLUMNS: string = NAMES.join(', ');

/** In the order of {@link COLUMNS}. */
export const toValues = (client: Client): readonly Value[] => {
  const row = toRow(client);
  return NAMES.map((name) => row[name]);
};

/** The parameter of a column in a statement that begins with {@link toValues}. */
export const parameterOf = (column: keyof ClientRow): string => `$${NAMES.indexOf(column) + 1}`;

/** The parameters of all values of {@link toValues}, for a row. */
export const PARAMETERS: string = NAMES.map(parameterOf).join(', ');

/** The number of the first parameter after {@link toValues}. */
export const NEXT: number = NAMES.length + 1;

/** The first parameter after {@link toValues}. */
export const NEXT_PARAMETER: string = `$${NEXT}`;

/** Sets everything except the key to the values of {@link toValues}. */
export const ASSIGNMENTS: string = NAMES.slice(2)
  .map((name) => `${name} = ${parameterOf(name)}`)
  .join(', ');
