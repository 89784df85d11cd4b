/** OAuth 2.0 Pushed Authorization Requests. */
export const rfc9126 = {
  'rfc9126:2.1:form': 'A request that is no form is refused.',
  'rfc9126:2.1:client': 'A client says who it is as it does at the token endpoint.',
  'rfc9126:2.1:request-uri': 'A pushed request that brings a request_uri is refused.',
  'rfc9126:2.1:judged': 'A pushed request is judged as one that a browser brings.',
  'rfc9126:2.1:repeated': 'A parameter that stands twice in a pushed request is refused.',
  'rfc9126:2.2:created': 'A request that is good is answered 201, with JSON.',
  'rfc9126:2.2:request-uri': 'The answer has a request_uri that nobody can guess.',
  'rfc9126:2.2:expires-in': 'The answer says for how many seconds it works.',
  'rfc9126:2.2:no-store': 'No cache may keep the answer.',
  'rfc9126:2.3:errors':
    'A request that is not good is answered 400, by the names that authorization has for it.',
  'rfc9126:2.3:invalid-client': 'A client that cannot be told is answered 401 invalid_client.',
  'rfc9126:2.3:method': 'A method besides POST is answered 405.',
  'rfc9126:2.3:too-large': 'A body of more than 64 KiB is answered 413.',
  'rfc9126:2.3:too-many': 'Past a limit a pushed request is answered 429, with when to come back.',
  'rfc9126:4:begins': 'A browser that brings the request_uri gets the page that the request is for.',
  'rfc9126:4:client': 'A request_uri is good for the client alone that pushed it.',
  'rfc9126:4:once': 'A request_uri is spent when a person decides, and leads to one decision.',
  'rfc9126:4:expired': 'A request_uri that has expired leads nowhere.',
  'rfc9126:4:nothing-added': 'What a browser brings beside the request_uri changes nothing.',
  'rfc9126:4:never-fetched': 'A request_uri that is an address is refused, and never fetched.',
  'rfc9126:4:judged-again': 'A pushed request is judged again when a browser brings it.',
  'rfc9126:2.1:redirect-uri': 'A pushed request names its redirect_uri.',
  'rfc9126:4:pushed-only':
    'A request that was not pushed is refused with invalid_request, if the realm or its API wants pushed requests only.',
  'rfc9126:5:require':
    'The metadata says that requests have to be pushed, if that holds for the whole realm.',
  'rfc9126:5:endpoint': 'The metadata names the endpoint.',
  'rfc9126:7.1:unguessable': 'A request_uri that nobody was given leads nowhere.',
  'rfc9126:7.1:hashed': 'Of a request_uri a hash is kept, and of what authenticated its client nothing.',
} as const;
