/** The OAuth 2.0 Authorization Framework, as far as OAuth 2.1 keeps it. */
export const rfc6749 = {
  'rfc6749:2.3:one-method': 'A request that authenticates its client in two ways is refused.',
  'rfc6749:2.3:registered':
    'A client that authenticates in another way than it is registered for is refused.',
  'rfc6749:2.3.1:basic': 'A confidential client may authenticate by HTTP Basic.',
  'rfc6749:2.3.1:post': 'A confidential client may authenticate by its secret in the body.',
  'rfc6749:2.3.1:hashed': 'Of a client’s secret a hash is kept.',

  'rfc6749:3.1:get-and-post': 'An authorization request may come by GET or as a form.',
  'rfc6749:3.1:person-signs-in': 'A person is asked to agree only after they have signed in.',
  'rfc6749:3.1:empty-is-absent': 'A parameter without a value counts as one that is left out.',
  'rfc6749:3.1:unknown-parameters': 'Unknown parameters have no effect.',
  'rfc6749:3.1:once':
    'A parameter that stands twice in an authorization request is refused with invalid_request, resource left aside.',

  'rfc6749:3.1.1:missing': 'A request without response_type is refused with invalid_request.',
  'rfc6749:3.1.1:unknown': 'A response type besides code is refused with unsupported_response_type.',

  'rfc6749:3.1.2:fragment': 'No answer goes to a redirect URI with a fragment.',
  'rfc6749:3.1.2:query-kept': 'The query of a redirect URI is kept, and the answer is added to it.',
  'rfc6749:3.1.2.3:several': 'Where several redirect URIs are registered, a request has to name one.',
  'rfc6749:3.1.2.3:only-one': 'Where one redirect URI is registered, a request may leave it out.',
  'rfc6749:3.1.2.3:compared':
    'A redirect URI that is not one of the registered ones, to the letter, is refused.',
  'rfc6749:3.1.2.4:client': 'If client_id is unknown, the person gets a page and is not redirected.',
  'rfc6749:3.1.2.4:redirect-uri':
    'If redirect_uri is not registered, the person gets a page and is not redirected.',

  'rfc6749:3.2:post': 'The token endpoint answers POST, and any other method with 405.',
  'rfc6749:3.2:form': 'A token request that is no form is refused.',
  'rfc6749:3.2:body-alone': 'What stands in the address of a token request is not read.',
  'rfc6749:3.2:empty-is-absent':
    'A parameter without a value in a token request counts as one that is left out.',
  'rfc6749:3.2:unknown-parameters': 'Unknown parameters of a token request have no effect.',
  'rfc6749:3.2:once':
    'A parameter that stands twice in a token request is refused with invalid_request, and costs no code.',
  'rfc6749:3.2.1:client-id':
    'A public client says by client_id who it is, and without it gets nothing at the token endpoint.',

  'rfc6749:3.2.1:confidential': 'A confidential client that does not authenticate gets nothing.',

  'rfc6749:3.3:form': 'A scope that is no list of scope names is refused with invalid_scope.',
  'rfc6749:3.3:default': 'Who asks for no scope gets those that it can have.',
  'rfc6749:3.3:partial': 'Of the scopes asked for, those that cannot be had are left out.',
  'rfc6749:3.3:told': 'The response with a token lists its scopes.',

  'rfc6749:4.1.2:code': 'A person’s approval is answered with a code at the redirect URI.',
  'rfc6749:4.1.2:state': 'The answer has the state of the request, to the byte.',
  'rfc6749:4.1.2:short-lived': 'A code works for sixty seconds.',
  'rfc6749:4.1.2:once': 'Of many who show a code at once, one gets tokens.',
  'rfc6749:4.1.2:replayed': 'A code that is presented a second time ends the grant that it opened.',
  'rfc6749:4.1.2.1:invalid-request':
    'A request that lacks a parameter, or has a malformed one, is refused with invalid_request.',
  'rfc6749:4.1.2.1:unauthorized-client':
    'A client that may not ask at present is refused with unauthorized_client.',
  'rfc6749:4.1.2.1:access-denied': 'A person’s denial is answered with access_denied, and no code.',
  'rfc6749:4.1.2.1:invalid-scope':
    'Scopes of which none can be had are refused with invalid_scope at the authorization endpoint.',
  'rfc6749:4.1.2.1:server-error': 'A failure is a page for the person, without a redirect.',
  'rfc6749:4.1.2.1:temporarily-unavailable': 'If a store cannot be reached, the page says when to retry.',
  'rfc6749:4.1.2.1:state': 'An error has the state of the request, too, unless that is what is wrong.',
  'rfc6749:4.1.2.1:ascii': 'An error’s description is printable ASCII without quotes, whatever was sent.',

  'rfc6749:4.1.3:code-missing': 'An exchange without a code is refused with invalid_request.',
  'rfc6749:4.1.3:redirect-uri':
    'An exchange that names a redirect URI has to name the one of the authorization request.',
  'rfc6749:4.1.3:client': 'A code is valid only for the client that it was issued to.',

  'rfc6749:4.2:implicit': 'The authorization endpoint issues no token.',
  'rfc6749:4.3:password': 'The password grant is refused with unsupported_grant_type.',
  'rfc6749:4.4:client-credentials': 'The client credentials grant is refused for dynamic clients.',

  'rfc6749:5.1:json': 'A token comes as JSON, with status 200.',
  'rfc6749:5.1:members': 'The answer has access_token, token_type and the seconds that it works for.',
  'rfc6749:5.1:no-store': 'No cache may keep an answer with a token.',

  'rfc6749:5.2:characters':
    'error and error_description hold printable ASCII without quotes and backslashes.',
  'rfc6749:5.2:json': 'A refusal of the token endpoint is JSON with error and error_description.',
  'rfc6749:5.2:invalid-request': 'A token request that lacks a parameter is answered 400 invalid_request.',
  'rfc6749:5.2:invalid-client': 'A client that fails to authenticate gets 401 invalid_client.',
  'rfc6749:5.2:challenge':
    'Who tried to authenticate in the Authorization header, in vain, is answered with a challenge of that scheme.',
  'rfc6749:5.2:invalid-grant': 'An invalid code or token results in 400 invalid_grant.',
  'rfc6749:5.2:unauthorized-client':
    'A grant that the client may not use is answered 400 unauthorized_client.',
  'rfc6749:5.2:unsupported-grant-type': 'An unknown grant type is answered 400 unsupported_grant_type.',
  'rfc6749:5.2:invalid-scope': 'A scope that was not granted is answered 400 invalid_scope.',
  'rfc6749:5.2:no-store': 'No cache may keep a refusal of the token endpoint.',

  'rfc6749:6:client': 'A refresh token is valid only for the client that it was issued to.',
  'rfc6749:6:scope-omitted': 'A refresh that names no scope gets all that was granted.',
  'rfc6749:6:scope-within': 'A refresh never gets more than was granted.',
  'rfc6749:6:scope-stays': 'A refresh for fewer scopes takes nothing from the grant.',

  'rfc6749:10.4:hashes': 'A database holds no refresh token in clear.',
  'rfc6749:10.5:hashes': 'A database holds no code in clear.',
  'rfc6749:10.10:entropy': 'Codes and refresh tokens have 256 random bits.',
  'rfc6749:10.12:csrf': 'A form that another site filled in decides nothing.',
  'rfc6749:10.13:frames': 'No page can be put into a frame.',
  'rfc6749:10.14:injection': 'Texts of a request are displayed as text, never as markup.',
} as const;
