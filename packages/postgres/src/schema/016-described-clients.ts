/** A character that is replaced by itself and a digit, so that the digits after it say what was there. */
const MARK = 'chr(57344)';

/**
 * JSON without the escapes that functions of PostgreSQL refuse to read, which are NUL and unpaired surrogates: a double
 * backslash is the mark and `2`, and the beginning of `\u0000` the mark and `1`.
 */
const shield = (json: string): string =>
  String.raw`replace(replace(replace(${json}, ${MARK}, ${MARK} || '0'), '\\', ${MARK} || '2'), '\u', ${MARK} || '1')`;

const unshield = (json: string): string =>
  String.raw`replace(replace(replace(${json}, ${MARK} || '1', '\u'), ${MARK} || '2', '\\'), ${MARK} || '0', ${MARK})`;

/**
 * The text of a column as JSON. Columns have U+001B and four digits for a character that PostgreSQL cannot store, for which
 * JSON has an escape.
 */
const jsonOf = (column: string): string =>
  unshield(String.raw`replace(${shield(`to_json(${column})::text`)}, ${MARK} || '1001b', '\u')`);

/** Members of an object as SQL. Those that are null are left out. */
const members = (values: Readonly<Record<string, string>>): string =>
  `concat_ws(',', ${Object.entries(values)
    .map(([name, json]) => `'"${name}":' || ${json}`)
    .join(', ')})`;

const REGISTRATION = members({
  bounds: 'bounds',
  softwareStatement: jsonOf('software_statement'),
  vouchedBy: jsonOf('vouched_by'),
  initialAccessTokenId: jsonOf('initial_access_token_id'),
  accessTokenHash: jsonOf('registration_access_token_hash'),
});

const RECORD = members({
  name: jsonOf('name'),
  redirectUris: 'redirect_uris',
  grantTypes: 'grant_types',
  applicationType: jsonOf('application_type'),
  scope: 'scope',
  clientUri: jsonOf('client_uri'),
  logoUri: jsonOf('logo_uri'),
  tosUri: jsonOf('tos_uri'),
  policyUri: jsonOf('policy_uri'),
  softwareId: jsonOf('software_id'),
  softwareVersion: jsonOf('software_version'),
  contacts: 'contacts',
  translations: 'translations',
  registration: `CASE kind WHEN 'dynamic' THEN '{' || ${REGISTRATION} || '}' END`,
  document: 'document',
  terms: 'preregistration',
});

/** Columns whose values are in the record now. */
const GONE = [
  'name',
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
  'bounds',
  'software_statement',
  'vouched_by',
  'initial_access_token_id',
  'registration_access_token_hash',
  'document',
  'preregistration',
];

const REQUIRED = ['name', 'grant_types', 'application_type'];

/** The column of the redirect URIs becomes that of the record. The table is written once, without what is dropped then. */
const CLIENTS = `
  ALTER TABLE clients DROP CONSTRAINT clients_have_what_belongs_to_their_kind;
  ALTER TABLE clients ${REQUIRED.map((column) => `ALTER COLUMN ${column} DROP NOT NULL`).join(', ')};
  ALTER TABLE clients
    ALTER COLUMN redirect_uris TYPE text USING '{' || ${RECORD} || '}',
    ${GONE.map((column) => `ALTER COLUMN ${column} TYPE text USING NULL::text`).join(',\n    ')};
  ALTER TABLE clients ${GONE.map((column) => `DROP COLUMN ${column}`).join(', ')};
  ALTER TABLE clients RENAME COLUMN redirect_uris TO client;
  ALTER TABLE clients
    ADD CONSTRAINT clients_have_a_known_kind CHECK (kind IN ('dynamic', 'metadata-document', 'pre-registered'));
`;

/** The index that counted clients has only those that were used, whose period it finds: a registration changes it no more. */
const INDEXES = `
  DROP INDEX clients_awake;
  CREATE INDEX clients_awake ON clients (realm, last_used_at)
    WHERE last_used_at IS NOT NULL AND hibernated_at IS NULL AND blocked_at IS NULL AND kind = 'dynamic';
`;

/** The members of a registration were beside the others, with another name of one. */
const EXPIRED_CLIENTS = `
  UPDATE expired_clients AS expired SET client = ${unshield('nested.client')}
  FROM (
    SELECT realm, id, '{' || concat_ws(',',
      string_agg(member, ',' ORDER BY number) FILTER (WHERE NOT is_registered),
      '"registration":{' || coalesce(string_agg(member, ',' ORDER BY number) FILTER (WHERE is_registered), '') || '}'
    ) || '}' AS client
    FROM (
      SELECT realm, id, number,
        to_json(CASE key WHEN 'registrationAccessTokenHash' THEN 'accessTokenHash' ELSE key END)::text || ':' || value AS member,
        key IN (
          'bounds', 'softwareStatement', 'vouchedBy', 'initialAccessTokenId', 'registrationAccessTokenHash', 'fingerprint',
          'hibernatedAt'
        ) AS is_registered
      FROM expired_clients, json_each((${shield('client')})::json) WITH ORDINALITY AS members (key, value, number)
      WHERE value::text <> 'null'
    ) AS described
    GROUP BY realm, id
  ) AS nested
  WHERE expired.realm = nested.realm AND expired.id = nested.id;
`;

/** The columns that a change of a client sets. */
const COLUMNS = [
  'realm',
  'id',
  'version',
  'kind',
  'issued_at',
  'last_used_at',
  'blocked_at',
  'hibernated_at',
  'fingerprint',
  'client',
];

const NAMES = COLUMNS.join(', ');
const GIVEN = COLUMNS.map((column) => `given.${column}`).join(', ');

/** The functions of a commit that name columns of a client. */
const CHANGE_CLIENTS = `
  CREATE OR REPLACE FUNCTION insert_client(given clients, guards boolean) RETURNS boolean LANGUAGE plpgsql AS $change$
  BEGIN
    INSERT INTO clients (${NAMES}, guards_fingerprint) VALUES (${GIVEN}, guards) ON CONFLICT DO NOTHING;
    RETURN FOUND;
  END
  $change$;

  CREATE OR REPLACE FUNCTION change_client_replace(change jsonb) RETURNS jsonb LANGUAGE plpgsql AS $change$
  DECLARE
    given clients := jsonb_populate_record(NULL::clients, change->'row');
  BEGIN
    UPDATE clients AS stored SET (${NAMES}) = ROW(${GIVEN}),
      guards_fingerprint = CASE WHEN stored.fingerprint = given.fingerprint THEN stored.guards_fingerprint END
    WHERE realm = given.realm AND id = given.id AND version = given.version - 1;
    IF FOUND THEN RETURN NULL; END IF;
    RETURN stale_or_missing(given.realm, given.id);
  END
  $change$;
`;

/**
 * A client has columns for what is searched for, counted or changed alone; its other members are one JSON text, so that a new
 * member needs no column. What is kept of an expired client has the same form.
 *
 * A node of an earlier version is refused: it names columns that are gone. Stop such nodes before; one that still runs can
 * neither read nor store clients.
 */
export const DESCRIBED_CLIENTS: string = CLIENTS + INDEXES + EXPIRED_CLIENTS + CHANGE_CLIENTS;
