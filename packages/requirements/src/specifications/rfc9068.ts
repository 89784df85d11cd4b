/** JSON Web Token Profile for OAuth 2.0 Access Tokens: signing and verifying them. */
export const rfc9068 = {
  'rfc9068:2.1:typ': 'The type of an access token is at+jwt.',
  'rfc9068:2.1:asymmetric': 'An access token is signed with a private key, and names it by kid.',
  'rfc9068:2.2:claims': 'An access token has iss, exp, aud, sub, client_id, iat and jti.',
  'rfc9068:2.2:jti': 'No two access tokens have the same jti.',
  'rfc9068:2.2:lifetime': 'An access token works for as long as the answer says, which is fifteen minutes.',
  'rfc9068:2.2.3:scope': 'An access token has the scopes that the answer names.',
  'rfc9068:3:aud': 'The audience of an access token is the API that was asked for.',

  'rfc9068:4:typ': 'An API lets in no JWT of another type.',
  'rfc9068:4:issuer': 'An API lets in no token of another issuer.',
  'rfc9068:4:audience': 'An API lets in no token for another API, or for two.',
  'rfc9068:4:signature': 'An API refuses a token that is changed, or signed with another key.',
  'rfc9068:4:none': 'An API lets in no token without a signature.',
  'rfc9068:4:algorithm':
    'An API lets in no token by an algorithm besides those expected, or by a shared secret.',
  'rfc9068:4:own-keys': 'An API takes no key from the token itself.',
  'rfc9068:4:expiry': 'An API lets in no token that is expired, or that never expires.',
  'rfc9068:4:claims': 'An API lets in no token that lacks its subject, client or id.',
  'rfc9068:4:keys-cached': 'An API fetches its issuer’s keys once, for many tokens.',
  'rfc9068:4:rotation':
    'An API finds a new key of its issuer by one more request, and tokens of other issuers cause none.',
  'rfc9068:4:keys-away': 'Where the issuer’s keys cannot be had, the token is not blamed.',

  'rfc9068:5:id-tokens': 'An API takes no ID token for an access token.',
  'rfc9068:6:no-person': 'Of the person, an access token tells an opaque sub and nothing else.',
} as const;
