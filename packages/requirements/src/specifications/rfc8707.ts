/** Resource Indicators for OAuth 2.0. */
export const rfc8707 = {
  'rfc8707:2:absolute': 'A resource that is no absolute URI is refused with invalid_target.',
  'rfc8707:2:fragment': 'A resource with a fragment is refused with invalid_target.',
  'rfc8707:2:unknown': 'A resource that is no API here is refused with invalid_target.',
  'rfc8707:2:not-open': 'A resource that is closed to dynamic clients is refused like an unknown one.',
  'rfc8707:2:compared': 'Two resources are one where scheme and host differ in case alone, and not the path.',

  'rfc8707:2.1:missing': 'An authorization request that names no resource is refused with invalid_target.',
  'rfc8707:2.1:one': 'An authorization request that names two resources is refused with invalid_target.',
  'rfc8707:2.1:granted': 'A grant is for the resource that the page displayed.',
  'rfc8707:2.1:scopes': 'A scope of another API is refused with invalid_scope.',

  'rfc8707:2.2:omitted': 'A token request that names no resource gets a token for the one that was granted.',
  'rfc8707:2.2:other': 'An exchange for another resource than was granted is refused with invalid_target.',
  'rfc8707:2.2:refresh': 'A refresh for another resource is refused with invalid_target, and costs nothing.',
  'rfc8707:2.2:audience': 'The audience of a token is the resource, as the realm writes it.',
  'rfc8707:2.2:one-audience': 'A token has one audience.',
} as const;
