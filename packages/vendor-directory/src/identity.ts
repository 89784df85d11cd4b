import type { Vendor } from '@vestibule/core';

/** Identity providers and password managers. Their tenants have hosts below theirs, none of which is listed. */
export const identity: readonly Vendor[] = [
  { name: 'Okta', hosts: ['okta.com', 'www.okta.com', 'login.okta.com'] },
  { name: 'Auth0', hosts: ['auth0.com', 'manage.auth0.com'] },
  {
    name: 'Ping Identity',
    aliases: ['PingOne', 'PingFederate'],
    hosts: ['pingidentity.com', '*.pingidentity.com'],
  },
  { name: 'OneLogin', hosts: ['onelogin.com', 'www.onelogin.com'] },
  { name: 'Duo Security', commonWords: ['Duo', 'Duo Push'], hosts: ['duo.com'] },
  {
    name: '1Password',
    commonWords: ['One Password'],
    hosts: ['1password.com', 'my.1password.com'],
    schemes: ['onepassword'],
  },
  {
    name: 'Bitwarden',
    hosts: ['bitwarden.com', 'vault.bitwarden.com', 'vault.bitwarden.eu'],
    schemes: ['bitwarden'],
  },
  { name: 'LastPass', hosts: ['lastpass.com', '*.lastpass.com'] },
  { name: 'Dashlane', hosts: ['dashlane.com', '*.dashlane.com'], schemes: ['dashlane'] },
  { name: 'Yubico', aliases: ['YubiKey'], hosts: ['yubico.com', '*.yubico.com'] },
];
