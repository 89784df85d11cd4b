/** OAuth 2.0 Rich Authorization Requests, which are not supported. */
export const rfc9396 = {
  'rfc9396:5:refused': 'authorization_details are refused with invalid_authorization_details.',
} as const;
