/** OpenID Connect, as far as clients here sign people in with it. */
export const openidConnect = {
  'oidc-core:2:claims': 'An ID token has iss, sub, aud, exp and iat.',
  'oidc-core:2:aud': 'The audience of an ID token is the client.',
  'oidc-core:2:nonce': 'An ID token has exactly the nonce of the request, if there was one.',
  'oidc-core:2:auth-time': 'An ID token says when the person signed in.',
  'oidc-core:2:amr': 'An ID token says how the person signed in.',
  'oidc-core:2:signed': 'An ID token is signed by a key of the realm.',

  'oidc-core:3.1.2.1:openid': 'Without the scope openid no ID token is issued.',
  'oidc-core:3.1.2.1:prompt-none': 'With prompt=none the person is not asked anything.',
  'oidc-core:3.1.2.1:prompt-none-alone':
    'prompt with none and something else is refused with invalid_request.',
  'oidc-core:3.1.2.1:prompt-login': 'Where prompt is login, the person signs in again.',
  'oidc-core:3.1.2.1:prompt-consent': 'Where prompt is consent, the person is asked, whatever is remembered.',
  'oidc-core:3.1.2.1:prompt-select-account':
    'Where prompt is select_account, the person may choose who they are.',
  'oidc-core:3.1.2.1:max-age': 'Who signed in longer ago than max_age signs in again.',
  'oidc-core:3.1.2.1:max-age-form': 'A max_age that is no number of seconds is refused.',
  'oidc-core:3.1.2.1:login-hint': 'The sign-in page has login_hint filled in.',
  'oidc-core:3.1.2.1:ui-locales': 'Pages name the client in a language of ui_locales, where it has one.',
  'oidc-core:3.1.2.1:response-mode': 'Where response_mode is form_post, the answer is posted to the client.',
  'oidc-core:3.1.2.6:login-required': 'prompt=none without a signed-in person results in login_required.',
  'oidc-core:3.1.2.6:consent-required':
    'prompt none, where a person has to agree, is answered consent_required.',
  'oidc-core:3.1.2.6:registration-not-supported':
    'A request that would register its client is answered registration_not_supported.',
  'oidc-core:3.1.2.6:request-not-supported': 'A request object is answered request_not_supported.',
  'oidc-core:3.1.2.6:request-uri-not-supported':
    'The address of a request object is answered request_uri_not_supported.',
  'oidc-core:3.1.3.3:id-token': 'The exchange of a code that has openid gives an ID token.',
  'oidc-core:3.1.3.6:at-hash': 'An ID token names the access token that it came with.',

  'oidc-core:5.3.1:methods': 'Userinfo is asked for by GET or POST.',
  'oidc-core:5.3.2:sub': 'Userinfo names the person by the sub of the ID token.',
  'oidc-core:5.3.2:json': 'Userinfo comes as JSON, and no cache may keep it.',
  'oidc-core:5.3.3:errors': 'A token that is invalid for userinfo gets the errors of bearer tokens.',
  'oidc-core:5.3.3:openid': 'A token without openid is answered 403 insufficient_scope.',
  'oidc-core:5.4:profile': 'With the scope profile userinfo has the person’s name.',
  'oidc-core:5.4:email':
    'With the scope email userinfo has the person’s address, and whether it is verified.',
  'oidc-core:5.4:nothing-more': 'Userinfo tells nothing that the scopes do not stand for.',
  'oidc-core:8:public': 'A person has the same sub for every client.',

  'oidc-core:9:private-key-jwt': 'A client may authenticate by a JWT that a key of its signed.',
  'oidc-core:9:audience': 'A client’s JWT that is for another server is refused.',
  'oidc-core:9:once': 'A client’s JWT works once.',
  'oidc-core:9:expiry': 'A client’s JWT that has expired, or that works for too long, is refused.',
  'oidc-core:9:key': 'A client’s JWT by another key, or by a shared secret, is refused.',
  'oidc-core:10.1.1:overlap': 'A key stays published for as long as a token that it signed works.',
  'oidc-core:10.1.1:ahead': 'A key is published before it signs.',
  'oidc-core:12.2:refresh': 'The ID token of a refresh has the same iss, sub, aud and auth_time.',

  'oidc-discovery:3:userinfo': 'The metadata names the userinfo endpoint.',
  'oidc-discovery:3:algorithms': 'The metadata says by which algorithms ID tokens are signed.',
  'oidc-discovery:3:subject-types': 'The metadata says that a sub is the same for everybody.',
  'oidc-discovery:4:document': 'The discovery document is the server’s metadata.',
} as const;
