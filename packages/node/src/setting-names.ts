/** What messages call the settings that they ask for. */
export interface SettingNames {
  readonly database: string;
  readonly realms: string;
  readonly port: string;
  readonly host: string;
  readonly trustProxy: string;
  readonly keySecrets: string;
  readonly keyFile: string;
  /** The sign between a name and its value. */
  readonly assign: string;
  /** The setting that results in an issuer, for a start that used another one. */
  useIssuer(issuer: string, used: string): string;
}

/** The names of the options of `createVestibule` and `listen`. */
export const OPTION_NAMES: SettingNames = {
  database: 'database',
  realms: 'this realm',
  port: 'port',
  host: 'host',
  trustProxy: 'trustProxy',
  keySecrets: 'keyEncryption.secrets',
  keyFile: 'keyEncryption.path',
  assign: ': ',
  useIssuer: (issuer) => `the issuer ${issuer}`,
};
