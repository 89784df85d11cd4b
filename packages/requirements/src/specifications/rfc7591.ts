/** OAuth 2.0 Dynamic Client Registration, as far as it concerns the server. */
export const rfc7591 = {
  'rfc7591:2:unknown-members': 'Unknown members are neither stored nor returned.',
  'rfc7591:2:member-types': 'A member of the wrong JSON type is refused.',
  'rfc7591:2:null-is-absent': 'null and the empty string say that a member is not there.',
  'rfc7591:2:redirect-uris-needed': 'Who names no redirect URI is not registered.',
  'rfc7591:2:redirect-uris-kept': 'Redirect URIs are registered to the byte, and each once.',
  'rfc7591:2:auth-method-none': 'A client that asks for the method none has it.',
  'rfc7591:2:auth-method-default': 'A client that names no method gets none, and the answer says so.',
  'rfc7591:2:auth-method-replaced':
    'A client that asks for a secret or a key is registered without, not refused.',
  'rfc7591:2:grant-types-default': 'A client that names no grants gets authorization_code and refresh_token.',
  'rfc7591:2:grant-types-refused': 'A grant besides those two is refused, unless the realm narrows.',
  'rfc7591:2:grant-types-narrowed': 'Where the realm narrows, the grants it can have are what a client gets.',
  'rfc7591:2:grant-types-bind':
    'A grant that a client did not register for is refused at the token endpoint.',
  'rfc7591:2:response-types-default': 'A client that names no response types gets code.',
  'rfc7591:2:response-types-refused': 'A response type besides code is refused, unless the realm narrows.',
  'rfc7591:2:response-types-narrowed':
    'Where the realm narrows and code is asked for too, code is what is left.',
  'rfc7591:2:client-name': 'The person who decides reads the name that the client gave.',
  'rfc7591:2:client-name-missing':
    'A client without a readable name is called by its first https host, or unnamed.',
  'rfc7591:2:pages-kept': 'client_uri, logo_uri, tos_uri and policy_uri are kept and answered.',
  'rfc7591:2:pages-are-web-pages':
    'An address of theirs that is no https page, nor one on this computer, is refused.',
  'rfc7591:2:scope-is-a-bound': 'A client is never granted more than its registered scope names.',
  'rfc7591:2:scope-open': 'Of the scopes named, those are registered that are open to dynamic clients.',
  'rfc7591:2:scope-none-left': 'A scope of which nothing would be left bounds nothing.',
  'rfc7591:2:scope-default':
    'A client that names no scope gets the list of open ones, and only the gates limit it.',
  'rfc7591:2:scope-form': 'A scope that is no list of scope names is refused.',
  'rfc7591:2:contacts': 'Contacts are kept and answered as they came.',
  'rfc7591:2:jwks': 'Keys and addresses of keys are ignored, because no dynamic client uses one.',
  'rfc7591:2:software': 'software_id and software_version are kept and answered to the letter.',

  'rfc7591:2.1:code-needs-its-grant':
    'Grant types that leave authorization_code out are refused, since code is no use without.',
  'rfc7591:2.1:grant-needs-its-code':
    'Response types that leave code out are refused, since the grant is no use without.',
  'rfc7591:2.1:always-both':
    'Whatever is registered has the grant authorization_code and the response type code.',

  'rfc7591:2.2:kept': 'Members for people are kept, and answered, in every language they came in.',
  'rfc7591:2.2:tag-case': 'Language tags that differ in case alone are one, written the canonical way.',
  'rfc7591:2.2:tag-twice': 'One member twice in one language, with different values, is refused.',
  'rfc7591:2.2:tag-form': 'What follows the # and is no language tag is refused.',
  'rfc7591:2.2:other-members': 'A language tag on a member that is not for people makes it an unknown one.',
  'rfc7591:2.2:checked-alike': 'A member in a language is held to what its plain twin is held to.',
  'rfc7591:2.2:shown':
    'Pages name the client in a language that the person accepts, where it gave such a name.',
  'rfc7591:2.2:plain-shown':
    'Otherwise they show the plain name as it was registered, and say nothing of its language.',

  'rfc7591:2.3:signed': 'A software statement that its issuer did not sign is refused.',
  'rfc7591:2.3:issuer': 'A software statement counts by its iss, and without one it is refused.',
  'rfc7591:2.3:algorithms':
    'A software statement is accepted with the algorithms configured for its issuer, RS256 or another, and with no other.',
  'rfc7591:2.3:no-client-id': 'A software statement in the place of a client_id is an unknown client.',

  'rfc7591:3:post-json': 'A JSON object that is posted is a registration request.',
  'rfc7591:3:media-type': 'A body of another media type, charset or encoding is answered 415.',
  'rfc7591:3:methods': 'Another method is answered 405 with the one there is.',
  'rfc7591:3:open-registration': 'If the realm allows anonymous registration, no token is needed.',
  'rfc7591:3:protected-registration':
    'If the realm requires an initial access token, a client with a valid one is registered.',
  'rfc7591:3:rate-limit': 'Past a limit a registration is answered 429, with when to come back.',

  'rfc7591:3.1:server-chooses-the-id':
    'The server makes the client_id; one that a client brings is ignored, as a secret is.',
  'rfc7591:3.1:one-object': 'A body that is not one JSON object is refused.',
  'rfc7591:3.1:bearer': 'An initial access token is accepted as a bearer token of the Authorization header.',

  'rfc7591:3.1.1:claims-win': 'What a trusted statement claims takes the place of what the body says.',
  'rfc7591:3.1.1:text': 'A software_statement that is not a text is refused.',

  'rfc7591:3.2.1:created': 'A registration is answered 201 with a JSON object.',
  'rfc7591:3.2.1:no-cache': 'No cache may keep the answer.',
  'rfc7591:3.2.1:client-id': 'The answer has the client_id, of URL-safe characters.',
  'rfc7591:3.2.1:client-id-unique': 'No client gets an id that another one in the realm has.',
  'rfc7591:3.2.1:issued-at': 'The answer says in seconds since 1970 when the id was issued.',
  'rfc7591:3.2.1:no-secret': 'The answer has neither client_secret nor client_secret_expires_at.',
  'rfc7591:3.2.1:everything': 'The answer has all that was registered, defaults included.',
  'rfc7591:3.2.1:replaced': 'Where the policy changed a member, the answer has it as it was registered.',
  'rfc7591:3.2.1:nothing-empty': 'A member that is not registered is left out of the answer, not null.',
  'rfc7591:3.2.1:statement': 'A statement that counted is answered as it came, to the byte.',
  'rfc7591:3.2.1:claims': 'The claims that counted are answered as members, beside the statement.',

  'rfc7591:3.2.2:json': 'A refusal is a 400 with a JSON object of error and error_description.',
  'rfc7591:3.2.2:no-cache': 'No cache may keep a refusal.',
  'rfc7591:3.2.2:ascii': 'A description is printable ASCII, whatever was sent.',
  'rfc7591:3.2.2:names-the-member': 'A description names the member at fault and what to do.',
  'rfc7591:3.2.2:invalid-redirect-uri':
    'A redirect URI that may not be registered is refused with invalid_redirect_uri.',
  'rfc7591:3.2.2:invalid-client-metadata':
    'Any other member at fault is refused with invalid_client_metadata.',
  'rfc7591:3.2.2:invalid-software-statement':
    'A statement that is not genuine, or out of date, is refused with invalid_software_statement.',
  'rfc7591:3.2.2:unapproved-software-statement':
    'A statement of an untrusted issuer is refused with unapproved_software_statement, if the realm says so.',
  'rfc7591:3.2.2:bad-token':
    'An invalid initial access token gets the response for bearer tokens: 401, invalid_token.',
  'rfc7591:3.2.2:nothing-stored': 'Who is refused is not registered.',

  'rfc7591:5:https': 'The issuer, and every endpoint with it, is https, but on this computer.',
  'rfc7591:5:only-registered': 'A browser is never sent to a redirect URI that the client did not register.',
  'rfc7591:5:redirect-kinds':
    'A redirect URI is https, http on this computer, or of a private-use scheme; no other is registered.',
  'rfc7591:5:self-asserted': 'Pages mark the claims of a client as unverified.',
  'rfc7591:5:recent': 'The consent page says how long ago the client registered.',
  'rfc7591:5:impersonation':
    'A name that is, or looks like, one the realm reserves is refused, in any language.',
  'rfc7591:5:pages-not-fetched': 'Registering a client fetches no address that it names.',
  'rfc7591:5:pages-not-linked': 'No page displays a logo of a client or links one of its pages.',

  'rfc7591:6:contacts': 'Contacts are for the operator, and not displayed on pages.',
} as const;
