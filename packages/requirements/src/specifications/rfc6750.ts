/** Bearer Token Usage, as far as it concerns the API. */
export const rfc6750 = {
  'rfc6750:2.1:header': 'A token is taken from the Authorization header, by the scheme Bearer in any case.',
  'rfc6750:2.1:form': 'What cannot be a token is refused before anything is verified.',
  'rfc6750:2.2:body': 'A token in a body is not looked at.',
  'rfc6750:2.3:query': 'A token in an address is not looked at.',
  'rfc6750:3:challenge': 'Who is not let in is answered with a WWW-Authenticate of the scheme Bearer.',
  'rfc6750:3:no-error': 'Who brought no token is told nothing of an error.',
  'rfc6750:3:scope': 'The challenge names the scopes to ask for.',
  'rfc6750:3:description': 'The challenge’s description tells a developer what to do, and a thief nothing.',
  'rfc6750:3.1:invalid-token': 'A token that is not good is answered 401 invalid_token.',
  'rfc6750:3.1:insufficient-scope': 'A token with too few scopes is answered 403 insufficient_scope.',
  'rfc6750:5.2:audience': 'A token is good at the API that it names, and at no other.',
} as const;
