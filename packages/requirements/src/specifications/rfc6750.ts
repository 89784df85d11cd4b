/** Bearer Token Usage, as far as it concerns the API. */
export const rfc6750 = {
  'rfc6750:2.1:header':
    'A token is accepted in the Authorization header, with the scheme Bearer in any case.',
  'rfc6750:2.1:form': 'What cannot be a token is refused before anything is verified.',
  'rfc6750:2.2:body': 'A token in a body is not looked at.',
  'rfc6750:2.3:query': 'A token in an address is not looked at.',
  'rfc6750:3:challenge': 'Who is not let in is answered with a WWW-Authenticate of the scheme Bearer.',
  'rfc6750:3:no-error': 'The challenge has no error if no token was sent.',
  'rfc6750:3:scope': 'The challenge names the scopes to ask for.',
  'rfc6750:3:description': 'The challenge’s description tells a developer what to do, and a thief nothing.',
  'rfc6750:3.1:invalid-token': 'An invalid token results in 401 invalid_token.',
  'rfc6750:3.1:insufficient-scope': 'A token with too few scopes is answered 403 insufficient_scope.',
  'rfc6750:5.2:audience': 'A token is valid at the API that it names, and at no other.',
} as const;
