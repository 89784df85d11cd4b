/** OAuth 2.0 Rich Authorization Requests, of which there are none here. */
export const rfc9396 = {
  'rfc9396:5:refused': 'authorization_details are refused with invalid_authorization_details.',
} as const;
