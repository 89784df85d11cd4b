/** What OAuth 2.1 adds to OAuth 2.0, by draft 13, which MCP cites. */
export const oauth21 = {
  'oauth2.1:1.5:https': 'The issuer is https, but on this computer.',
  'oauth2.1:2.3.1:exact': 'Redirect URIs are compared as texts, to the letter.',
  'oauth2.1:4.1.1:pkce': 'Every authorization request needs a code challenge.',
  'oauth2.1:4.1.1:s256': 'A code challenge is accepted with S256 only.',
  'oauth2.1:4.1.2:challenge-missing':
    'A request without a code challenge is refused with invalid_request, which says so.',
  'oauth2.1:4.1.3:verifier': 'A code is exchanged by its verifier alone, and never without one.',
  'oauth2.1:4.1.3:redirect-uri-omitted':
    'An exchange may leave redirect_uri out, whether or not the authorization request named it.',
  'oauth2.1:4.3.1:rotation': 'Each refresh gives a new refresh token, which takes the place of the old one.',
  'oauth2.1:4.3.1:replay': 'A refresh token that is used again, past the grace, ends its grant.',
  'oauth2.1:4.3.1:scope-and-resource':
    'A refresh token is valid for the API and the scopes that were granted.',
  'oauth2.1:4.3.3:unused': 'A refresh token that is not used for seven days expires.',
  'oauth2.1:5.1.1:header': 'An API takes an access token from the Authorization header.',
  'oauth2.1:5.2:validated':
    'An API lets in no token that is expired, forged, by another issuer or for another API.',
  'oauth2.1:5.3:challenge': 'A request without a valid token gets a challenge and a bare error.',
  'oauth2.1:7.5.1:injection': 'A stolen code that is put into another client’s session gets nothing.',
  'oauth2.1:7.5.4:see-other':
    'A browser that posted a form is led on by 303, so that nothing is posted twice.',
  'oauth2.1:7.7:guessing': 'Who guesses passwords is slowed down, by name and by address.',
  'oauth2.1:7.10:frames': 'Every page forbids frames, to old browsers and to new ones.',
  'oauth2.1:7.12.2:untrusted':
    'An error is not redirected automatically to a website: the person reads it and can continue by hand.',
  'oauth2.1:8.4.2:port': 'An app on this computer may come back on any port.',
  'oauth2.1:8.4.3:scheme': 'An app may come back by a scheme of its own, where the realm allows that.',
  'oauth2.1:10.1:implicit': 'The response type token is refused.',
} as const;
