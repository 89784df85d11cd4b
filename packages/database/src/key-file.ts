/** The default path of the file with the secret that encrypts the signing keys of a SQLite database. */
export const keyFileOf = (databasePath: string): string => `${databasePath}.key`;
