/** The terms of the pre-registered client. */
export const TERMS = { authentication: { method: 'none' }, access: [], rememberConsent: false };
/** The value of the code. */
export const CODE = { grantId: 'n', clientId: 'app', scopes: ['read'] };
/** A registration as an expired client kept it before clients had a kind. */
export const EXPIRED = {
  version: 1,
  name: 'Old',
  redirectUris: [],
  grantTypes: [],
  applicationType: 'web',
  issuedAt: 5,
};
/** Its hashes. */
export const HASHES = { fingerprint: 'f', registrationAccessTokenHash: 'h' };

/** The clients in the columns that there were. Of each kind that there was one. */
const clientsIn = (version: number): readonly string[] => [
  `INSERT INTO clients (realm, id, name, redirect_uris, grant_types, application_type, issued_at)
   VALUES ('main', 'app', 'App', '["https://a/cb"]', '["authorization_code"]', 'web', 7)`,
  ...(version < 4
    ? []
    : [`UPDATE clients SET last_used_at = 8, fingerprint = 'f', registration_access_token_hash = 'h'`]),
  ...(version < 5
    ? []
    : [
        `INSERT INTO clients (realm, id, name, redirect_uris, grant_types, application_type, issued_at, preregistration${version < 12 ? '' : ', kind'})
         VALUES ('main', 'acme', 'Acme', '[]', '[]', 'web', 6, '${JSON.stringify(TERMS)}'${version < 12 ? '' : `, 'pre-registered'`})`,
      ]),
  ...(version < 6
    ? []
    : [
        `INSERT INTO expired_clients VALUES ('main', 'old', '${JSON.stringify({ ...EXPIRED, ...HASHES })}', 9)`,
      ]),
];

const { fingerprint, registrationAccessTokenHash: accessTokenHash } = HASHES;
const APP = {
  name: 'App',
  redirectUris: ['https://a/cb'],
  grantTypes: ['authorization_code'],
  applicationType: 'web',
  registration: { accessTokenHash },
};
const ACME = { name: 'Acme', redirectUris: [], grantTypes: [], applicationType: 'web', terms: TERMS };
const OLD = { ...EXPIRED, registration: { accessTokenHash, fingerprint } };

/** The same clients as records. */
const CLIENT_RECORDS: readonly string[] = [
  `INSERT INTO clients (realm, id, version, kind, issued_at, last_used_at, fingerprint, client)
   VALUES ('main', 'app', 1, 'dynamic', 7, 8, '${fingerprint}', '${JSON.stringify(APP)}')`,
  `INSERT INTO clients (realm, id, version, kind, issued_at, client)
   VALUES ('main', 'acme', 1, 'pre-registered', 6, '${JSON.stringify(ACME)}')`,
  `INSERT INTO expired_clients VALUES ('main', 'old', '${JSON.stringify(OLD)}', 9)`,
];

/**
 * Statements that fill a database of an earlier schema, in the columns that there were.
 *
 * @param recordsSince the first version whose clients are records
 */
export const rowsOf = (version: number, recordsSince = Infinity): readonly string[] => [
  ...(version < recordsSince ? clientsIn(version) : CLIENT_RECORDS),
  ...[`'g'`, `'n'`].map(
    (id) => `
      INSERT INTO grants (realm, id, client_id, subject, resource, scopes, created_at, expires_at${version < 5 ? '' : ', authentication'})
      VALUES ('main', ${id}, 'app', 'ada', 'https://api', '["read"]', 8, 99${version < 5 ? '' : `, '{"at":8,"methods":[]}'`})`,
  ),
  `UPDATE grants SET opened_at = 8 WHERE id = 'g'`,
  `INSERT INTO refresh_tokens (realm, hash, grant_id, expires_at) VALUES ('main', 'held', 'g', 99)`,
  `INSERT INTO codes (realm, key, value, expires_at) VALUES ('main', 'c', '${JSON.stringify(CODE)}', 99)`,
];
