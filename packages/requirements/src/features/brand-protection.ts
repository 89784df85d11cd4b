/** Names that require proof. */
export const brandProtection = {
  'vestibule:brand-protection:proof':
    'A vendor’s name is accepted where every redirect URI but those on this computer is the vendor’s.',
  'vestibule:brand-protection:refused': 'A vendor’s name is refused if one redirect URI leads elsewhere.',
  'vestibule:brand-protection:loopback':
    'A client with a vendor’s name and only loopback redirect URIs is accepted, and its claim is displayed.',
  'vestibule:brand-protection:document-host':
    'A document with a vendor’s name and a loopback redirect URI is accepted only from a host of the vendor.',
  'vestibule:brand-protection:schemes': 'A private-use scheme that is not the vendor’s is no proof.',
  'vestibule:brand-protection:aliases': 'Other names of a vendor ask for the same proof.',
  'vestibule:brand-protection:own-vendors':
    'Vendors that the realm adds are protected as those of the directory.',
  'vestibule:brand-protection:look-alikes':
    'Letters of other scripts that look like a vendor’s name do not hide it.',
  'vestibule:brand-protection:spacing': 'Spacing, punctuation and case do not hide a vendor’s name.',
  'vestibule:brand-protection:typos':
    'A slip, or two in a long name, does not hide a vendor’s name of six letters or more, unless it makes a word that the directory excepts.',
  'vestibule:brand-protection:short-names':
    'A shorter name resembles a vendor’s only if it is the same, or differs in doubled letters alone and has four letters or more.',
  'vestibule:brand-protection:languages':
    'A vendor’s name is found in any language that the client gives a name in.',
  'vestibule:brand-protection:own-names':
    'The names of the realm and of its APIs, and the issuer’s host, are reserved without being listed.',
  'vestibule:brand-protection:vouched': 'A trusted statement is proof, too.',
  'vestibule:brand-protection:impostors':
    'Of at least 300 impostors’ names those that get through are counted.',
  'vestibule:brand-protection:honest-names':
    'Of at least 1,000 honest names in ten scripts those that are refused are counted.',
} as const;
