import { CLIENT_INDEXES } from './015-rows-in-order.ts';

/** An object without the members that are null. */
const present = (members: string): string => `json_patch('{}', json_object(${members}))`;

const REGISTRATION = `'bounds', json(bounds), 'softwareStatement', software_statement, 'vouchedBy', vouched_by,
  'initialAccessTokenId', initial_access_token_id, 'accessTokenHash', registration_access_token_hash`;

const DESCRIBED = `'name', name, 'redirectUris', json(redirect_uris), 'grantTypes', json(grant_types),
  'applicationType', application_type, 'scope', json(scope), 'clientUri', client_uri, 'logoUri', logo_uri,
  'tosUri', tos_uri, 'policyUri', policy_uri, 'softwareId', software_id, 'softwareVersion', software_version,
  'contacts', json(contacts), 'translations', json(translations), 'terms', json(preregistration),
  'document', json(document),
  'registration', CASE kind WHEN 'dynamic' THEN json(${present(REGISTRATION)}) END`;

/** A member of the JSON of an expired client, as JSON. */
const member = (name: string): string => `json(client -> '$.${name}')`;

const EXPIRED_REGISTRATION = `'bounds', ${member('bounds')}, 'softwareStatement', ${member('softwareStatement')},
  'vouchedBy', ${member('vouchedBy')}, 'initialAccessTokenId', ${member('initialAccessTokenId')},
  'accessTokenHash', ${member('registrationAccessTokenHash')}, 'fingerprint', ${member('fingerprint')},
  'hibernatedAt', ${member('hibernatedAt')}`;

const FLAT = [
  'bounds',
  'softwareStatement',
  'vouchedBy',
  'initialAccessTokenId',
  'registrationAccessTokenHash',
  'fingerprint',
  'hibernatedAt',
];

/**
 * What a registration writes, made smaller again.
 *
 * A client is one JSON text beside the columns that are searched for or changed alone, so a new member of a client needs no new
 * column, and an insertion binds ten values. Expired clients are kept in the same form.
 *
 * Audit events are deleted realm by realm, in the order of their table: no commit has to keep an index of their times.
 */
export const DESCRIBED_CLIENTS: string = `
  CREATE TABLE clients_017 (
    realm TEXT NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('dynamic', 'metadata-document', 'pre-registered')),
    issued_at INTEGER NOT NULL,
    last_used_at INTEGER,
    blocked_at INTEGER,
    hibernated_at INTEGER,
    fingerprint TEXT,
    client TEXT NOT NULL,
    PRIMARY KEY (realm, id)
  ) STRICT;
  INSERT INTO clients_017
  SELECT realm, id, version, kind, issued_at, last_used_at, blocked_at, hibernated_at, fingerprint, ${present(DESCRIBED)}
  FROM clients ORDER BY rowid;
  DROP TABLE clients;
  ALTER TABLE clients_017 RENAME TO clients;

  ${CLIENT_INDEXES}

  UPDATE expired_clients SET client = json_set(
    json_remove(client, ${FLAT.map((name) => `'$.${name}'`).join(', ')}),
    '$.registration', json(${present(EXPIRED_REGISTRATION)})
  );

  DROP INDEX audit_events_by_time;
`;
