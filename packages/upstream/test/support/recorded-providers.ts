import type { UpstreamPresetName } from '../../src/index.ts';

/** What a provider publishes and says of a person, with hosts, ids and names replaced. Members that this package does not read are left out. */
export interface RecordedProvider {
  readonly issuer: string;
  /** From its discovery document. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** From an ID token, and from userinfo where the ID token has less. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** Issuers that people write instead. */
  readonly mistakes: readonly string[];
}

const BOTH = ['client_secret_basic', 'client_secret_post'];
const PERSON = { name: 'Ada Lovelace', email: 'ada@acme.example', email_verified: true };

/** One for each preset but the plain one. */
export const RECORDED: Readonly<Record<Exclude<UpstreamPresetName, 'openid'>, RecordedProvider>> = {
  keycloak: {
    issuer: 'https://login.example/realms/acme',
    metadata: {
      authorization_endpoint: 'https://login.example/realms/acme/protocol/openid-connect/auth',
      token_endpoint: 'https://login.example/realms/acme/protocol/openid-connect/token',
      userinfo_endpoint: 'https://login.example/realms/acme/protocol/openid-connect/userinfo',
      end_session_endpoint: 'https://login.example/realms/acme/protocol/openid-connect/logout',
      jwks_uri: 'https://login.example/realms/acme/protocol/openid-connect/certs',
      prompt_values_supported: ['none', 'login', 'consent'],
      token_endpoint_auth_methods_supported: [
        'private_key_jwt',
        ...BOTH,
        'tls_client_auth',
        'client_secret_jwt',
      ],
      id_token_signing_alg_values_supported: [
        'PS384',
        'RS384',
        'EdDSA',
        'ES384',
        'HS256',
        'ES256',
        'RS256',
        'PS256',
      ],
      authorization_response_iss_parameter_supported: true,
    },
    claims: {
      ...PERSON,
      sub: '0f2c7c56-9a0b-4a4e-9e55-0a1b2c3d4e5f',
      preferred_username: 'ada',
      groups: ['agents'],
      realm_access: { roles: ['offline_access', 'agents', 'uma_authorization'] },
    },
    mistakes: ['https://login.example', 'https://login.example/realms/acme/'],
  },
  auth0: {
    issuer: 'https://acme.eu.auth0.com/',
    metadata: {
      authorization_endpoint: 'https://acme.eu.auth0.com/authorize',
      token_endpoint: 'https://acme.eu.auth0.com/oauth/token',
      userinfo_endpoint: 'https://acme.eu.auth0.com/userinfo',
      end_session_endpoint: 'https://acme.eu.auth0.com/oidc/logout',
      jwks_uri: 'https://acme.eu.auth0.com/.well-known/jwks.json',
      token_endpoint_auth_methods_supported: [...BOTH, 'private_key_jwt'],
      id_token_signing_alg_values_supported: ['HS256', 'RS256', 'PS256'],
    },
    claims: {
      ...PERSON,
      sub: 'auth0|64f0c0ffee',
      nickname: 'ada',
      'https://acme.example/groups': ['agents'],
    },
    mistakes: ['https://acme.eu.auth0.com'],
  },
  okta: {
    issuer: 'https://acme.okta.com/oauth2/default',
    metadata: {
      authorization_endpoint: 'https://acme.okta.com/oauth2/default/v1/authorize',
      token_endpoint: 'https://acme.okta.com/oauth2/default/v1/token',
      userinfo_endpoint: 'https://acme.okta.com/oauth2/default/v1/userinfo',
      end_session_endpoint: 'https://acme.okta.com/oauth2/default/v1/logout',
      jwks_uri: 'https://acme.okta.com/oauth2/default/v1/keys',
      token_endpoint_auth_methods_supported: [...BOTH, 'client_secret_jwt', 'private_key_jwt', 'none'],
      id_token_signing_alg_values_supported: ['RS256'],
    },
    claims: {
      ...PERSON,
      sub: '00u1abcd2EFGHijkl3x7',
      preferred_username: 'ada@acme.example',
      groups: ['agents'],
    },
    mistakes: [],
  },
  ory: {
    issuer: 'https://acme.projects.oryapis.com',
    metadata: {
      authorization_endpoint: 'https://acme.projects.oryapis.com/oauth2/auth',
      token_endpoint: 'https://acme.projects.oryapis.com/oauth2/token',
      userinfo_endpoint: 'https://acme.projects.oryapis.com/userinfo',
      end_session_endpoint: 'https://acme.projects.oryapis.com/oauth2/sessions/logout',
      jwks_uri: 'https://acme.projects.oryapis.com/.well-known/jwks.json',
      token_endpoint_auth_methods_supported: [
        'client_secret_post',
        'client_secret_basic',
        'private_key_jwt',
        'none',
      ],
      id_token_signing_alg_values_supported: ['RS256'],
    },
    // Groups are what the consent page adds to `session.id_token`.
    claims: { ...PERSON, sub: '8c2f6a10-5e0e-4f55-8d7d-1f2e3d4c5b6a', groups: ['agents'] },
    mistakes: [],
  },
  authentik: {
    issuer: 'https://auth.example/application/o/vestibule/',
    metadata: {
      authorization_endpoint: 'https://auth.example/application/o/authorize/',
      token_endpoint: 'https://auth.example/application/o/token/',
      userinfo_endpoint: 'https://auth.example/application/o/userinfo/',
      end_session_endpoint: 'https://auth.example/application/o/vestibule/end-session/',
      jwks_uri: 'https://auth.example/application/o/vestibule/jwks/',
      token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
      id_token_signing_alg_values_supported: ['RS256'],
    },
    claims: {
      ...PERSON,
      sub: 'e3b0c44298fc1c149afbf4c8996fb924',
      preferred_username: 'ada',
      groups: ['agents'],
    },
    mistakes: ['https://auth.example/application/o/vestibule'],
  },
  zitadel: {
    issuer: 'https://acme-abcdef.zitadel.cloud',
    metadata: {
      authorization_endpoint: 'https://acme-abcdef.zitadel.cloud/oauth/v2/authorize',
      token_endpoint: 'https://acme-abcdef.zitadel.cloud/oauth/v2/token',
      userinfo_endpoint: 'https://acme-abcdef.zitadel.cloud/oidc/v1/userinfo',
      end_session_endpoint: 'https://acme-abcdef.zitadel.cloud/oidc/v1/end_session',
      jwks_uri: 'https://acme-abcdef.zitadel.cloud/oauth/v2/keys',
      token_endpoint_auth_methods_supported: ['none', ...BOTH, 'private_key_jwt'],
      id_token_signing_alg_values_supported: ['RS256'],
    },
    claims: {
      ...PERSON,
      sub: '227153407823880193',
      preferred_username: 'ada@acme',
      'urn:zitadel:iam:org:project:roles': { agents: { '227153407823814657': 'acme.example' } },
    },
    mistakes: [],
  },
  duende: {
    issuer: 'https://identity.example',
    metadata: {
      authorization_endpoint: 'https://identity.example/connect/authorize',
      token_endpoint: 'https://identity.example/connect/token',
      userinfo_endpoint: 'https://identity.example/connect/userinfo',
      end_session_endpoint: 'https://identity.example/connect/endsession',
      jwks_uri: 'https://identity.example/.well-known/openid-configuration/jwks',
      token_endpoint_auth_methods_supported: BOTH,
      id_token_signing_alg_values_supported: ['RS256'],
    },
    // One value of an identity resource is a text, and several are a list.
    claims: { ...PERSON, sub: '88421113', groups: 'agents' },
    mistakes: [],
  },
  entra: {
    issuer: 'https://login.microsoftonline.com/12345678-1234-1234-1234-123456789012/v2.0',
    metadata: {
      authorization_endpoint:
        'https://login.microsoftonline.com/12345678-1234-1234-1234-123456789012/oauth2/v2.0/authorize',
      token_endpoint:
        'https://login.microsoftonline.com/12345678-1234-1234-1234-123456789012/oauth2/v2.0/token',
      userinfo_endpoint: 'https://graph.microsoft.com/oidc/userinfo',
      end_session_endpoint:
        'https://login.microsoftonline.com/12345678-1234-1234-1234-123456789012/oauth2/v2.0/logout',
      jwks_uri: 'https://login.microsoftonline.com/12345678-1234-1234-1234-123456789012/discovery/v2.0/keys',
      token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
      id_token_signing_alg_values_supported: ['RS256'],
    },
    // It has no `email_verified`.
    claims: {
      sub: 'AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ',
      name: 'Ada Lovelace',
      email: 'ada@acme.example',
      roles: ['agents'],
      groups: ['b3a7c1de-0d0e-4a61-9d5c-3f2b1a0c9e8d', '0e51f4c2-7b1e-4b7f-8a55-6f0d2c9e1a44'],
    },
    mistakes: [
      'https://login.microsoftonline.com/common/v2.0',
      'https://login.microsoftonline.com/organizations/v2.0',
      'https://login.microsoftonline.com/acme.onmicrosoft.com/v2.0',
      'https://sts.windows.net/12345678-1234-1234-1234-123456789012/',
    ],
  },
  cognito: {
    issuer: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI',
    metadata: {
      authorization_endpoint: 'https://acme.auth.eu-central-1.amazoncognito.com/oauth2/authorize',
      token_endpoint: 'https://acme.auth.eu-central-1.amazoncognito.com/oauth2/token',
      userinfo_endpoint: 'https://acme.auth.eu-central-1.amazoncognito.com/oauth2/userInfo',
      end_session_endpoint: 'https://acme.auth.eu-central-1.amazoncognito.com/logout',
      jwks_uri: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI/.well-known/jwks.json',
      token_endpoint_auth_methods_supported: BOTH,
      id_token_signing_alg_values_supported: ['RS256'],
    },
    // Userinfo has `email_verified` as a text.
    claims: {
      ...PERSON,
      sub: '91192d26-7031-7069-06eb-8ed870233366',
      email_verified: 'true',
      'cognito:groups': ['agents'],
    },
    mistakes: ['https://acme.auth.eu-central-1.amazoncognito.com'],
  },
  google: {
    issuer: 'https://accounts.google.com',
    metadata: {
      authorization_endpoint: 'https://accounts.google.com/o/oauth2/v2/auth',
      token_endpoint: 'https://oauth2.googleapis.com/token',
      userinfo_endpoint: 'https://openidconnect.googleapis.com/v1/userinfo',
      jwks_uri: 'https://www.googleapis.com/oauth2/v3/certs',
      token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
      id_token_signing_alg_values_supported: ['RS256'],
    },
    claims: { ...PERSON, sub: '110169484474386276334', hd: 'acme.example' },
    mistakes: ['https://accounts.google.com/', 'https://google.com'],
  },
};
