import type { KnownPerson } from '@vestibule/core';

/** A person as JSON, without the hash of the password. */
export const personDocument = ({ passwordHash, realm: _realm, ...person }: KnownPerson): object => ({
  ...person,
  hasPassword: passwordHash !== undefined,
});
