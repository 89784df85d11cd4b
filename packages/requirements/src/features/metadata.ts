/** Which metadata is accepted beyond RFC 7591. */
export const metadata = {
  'vestibule:metadata:round-trip': 'What was answered, sent again, comes to the same.',
  'vestibule:metadata:redirect-uri-count': 'A client may have ten redirect URIs, and eleven are refused.',
  'vestibule:metadata:redirect-uri-form': 'A redirect URI that programs could read in two ways is refused.',
  'vestibule:metadata:redirect-uri-match':
    'A redirect URI is compared to the letter, but for the port of one on this computer.',
  'vestibule:metadata:private-use':
    'Where the realm has private-use schemes off they are dropped, and something must be left.',
  'vestibule:metadata:private-use-query': 'A private-use redirect URI of an unverified client has no query.',
  'vestibule:metadata:acting-schemes':
    'A scheme whose program acts at once is refused, unless a known vendor has it as its own.',
  'vestibule:metadata:allowed-hosts':
    'Where the realm allows some redirect hosts, another is refused; a star is one label deep.',
  'vestibule:metadata:refused-hosts': 'A redirect host that the realm refuses is refused, allowed or not.',
  'vestibule:metadata:clean-names':
    'A name is cleaned of what does not show, moves text about, or marks names on our pages.',
  'vestibule:metadata:application-type':
    'application_type is native or web, and follows from the redirect URIs where it is not said.',
  'vestibule:metadata:languages': 'There may be 32 members in languages, and not one more.',
  'vestibule:metadata:contacts': 'Contacts that are too many, too long, empty or no plain text are refused.',
  'vestibule:metadata:software':
    'A software_id or software_version that is too long or no plain text is refused.',
} as const;
