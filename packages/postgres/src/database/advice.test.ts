import { expect, test } from 'vitest';
import { adviceOn, withAdvice } from './advice.ts';

const error = (message: string, code?: string): Error =>
  Object.assign(new Error(message), code !== undefined && { code });

test.each<[Error, RegExp]>([
  [
    error('unsupported startup parameter: statement_timeout', '08P01'),
    /ignore_startup_parameters = statement_timeout/,
  ],
  [error('unsupported startup parameter in options: search_path', '08P01'), /ignore_startup_parameters/],
  [error('prepared statement "ping" does not exist', '26000'), /max_prepared_statements above 0/],
  [error('prepared statement "ping" already exists', '42P05'), /max_prepared_statements above 0/],
  [error('self-signed certificate in certificate chain', 'SELF_SIGNED_CERT_IN_CHAIN'), /sslrootcert=/],
  [error('self-signed certificate', 'DEPTH_ZERO_SELF_SIGNED_CERT'), /sslrootcert=/],
  [error('unable to verify the first certificate', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'), /sslrootcert=/],
  [error('unable to get local issuer certificate', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'), /sslrootcert=/],
  [error('Hostname/IP does not match', 'ERR_TLS_CERT_ALTNAME_INVALID'), /host name/],
  [error('The server does not support SSL connections'), /Leave sslmode out/],
  [
    error('no pg_hba.conf entry for host "1.2.3.4", user "u", database "d", no encryption', '28000'),
    /sslmode=verify-full/,
  ],
  [
    error('no pg_hba.conf entry for host "1.2.3.4", user "u", database "d", SSL encryption', '28000'),
    /pg_hba\.conf/,
  ],
  [error('permission denied for schema public', '42501'), /GRANT USAGE, CREATE ON SCHEMA/],
  [error('database "notes" does not exist', '3D000'), /CREATE DATABASE/],
  [error('password authentication failed for user "ada"', '28P01'), /percent-encoded/],
  [error('sorry, too many clients already', '53300'), /max_connections/],
  [error('connect ENOENT /tmp/.s.PGSQL.5433', 'ENOENT'), /unix_socket_directories/],
])('%s leads to the setting that helps', (given, advice) => {
  expect(adviceOn(given)).toMatch(advice);
  expect(withAdvice(given)).toMatchObject({ message: given.message, hint: expect.stringMatching(advice) });
});

test.each([error('syntax error', '42601'), error('a bug'), 'text', undefined])(
  '%s is left as it is',
  (given) => {
    expect(adviceOn(given)).toBeUndefined();
    expect(withAdvice(given)).toBe(given);
  },
);
