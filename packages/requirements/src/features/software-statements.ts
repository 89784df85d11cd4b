/** Software statements and their issuers. */
export const softwareStatements = {
  'vestibule:software-statements:verified':
    'A client with a trusted software statement is marked [verified by NAME].',
  'vestibule:software-statements:consent-stays':
    'A verified client is consented to every time, as any other.',
  'vestibule:software-statements:rules-stand': 'No statement loosens one of the five rules.',
  'vestibule:software-statements:no-none':
    'A statement with the algorithm none is invalid, whatever its issuer is.',
  'vestibule:software-statements:no-symmetric':
    'A statement with a symmetric algorithm is invalid, also where the public key would be its secret.',
  'vestibule:software-statements:in-time':
    'A statement that has expired, or was issued in the future, is invalid.',
  'vestibule:software-statements:untrusted-refused':
    'If the realm says refuse, a statement of an untrusted issuer is refused.',
  'vestibule:software-statements:untrusted-ignored':
    'Where it says ignore, such a statement is as if it were not there, and the client is unverified.',
  'vestibule:software-statements:software-ids':
    'An issuer’s word counts for the software_ids that the realm names for it.',
  'vestibule:software-statements:whole': 'A statement must hold client_name and redirect_uris itself.',
  'vestibule:software-statements:nothing-beside':
    'Beside a statement the body may say how the client works, but not who it is or where it goes.',
  'vestibule:software-statements:keys':
    'Keys come from where the operator said, never from an address or a key that a statement brings.',
  'vestibule:software-statements:keys-away':
    'Where the issuer’s keys cannot be had just now, the answer is 503 and nothing is stored.',
  'vestibule:software-statements:trust-now': 'When the realm no longer trusts the issuer the mark is gone.',
  'vestibule:software-statements:policy-stands':
    'A statement’s claims are judged by the policy as anything else.',
} as const;
