/** What messages call the settings that they ask for, and the sign between a name and its value. */
export interface SettingNames {
  readonly port: string;
  readonly host: string;
  readonly trustProxy: string;
  readonly keySecrets: string;
  readonly keyFile: string;
  readonly assign: string;
}

/** The names of the options of `createVestibule` and `listen`. */
export const OPTION_NAMES: SettingNames = {
  port: 'port',
  host: 'host',
  trustProxy: 'trustProxy',
  keySecrets: 'keyEncryption.secrets',
  keyFile: 'keyEncryption.path',
  assign: ': ',
};
