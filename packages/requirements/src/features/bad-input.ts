/** Malformed registrations. */
export const badInput = {
  'vestibule:bad-input:every-member': 'Every member in every wrong form is refused.',
  'vestibule:bad-input:nothing-happens': 'Bad input stores nothing, and is no exception.',
  'vestibule:bad-input:nothing-lost': 'Who was registered before still is, as they were.',
  'vestibule:bad-input:not-json': 'What is not JSON, or not UTF-8, is refused.',
  'vestibule:bad-input:too-large':
    'A body of more than 64 KiB is answered 413, and 2 MiB are not read to the end.',
  'vestibule:bad-input:deep': '20,000 nested arrays do no harm.',
  'vestibule:bad-input:prototype': '__proto__ and constructor are unknown members like others.',
  'vestibule:bad-input:surrogates': 'Lone surrogates are refused or cleaned away: no client holds one.',
  'vestibule:bad-input:duplicates': 'A body that holds a member twice is refused.',
  'vestibule:bad-input:broken-http': 'Broken HTTP is answered or cut off, and others are served on.',
  'vestibule:bad-input:outage':
    'An outage is an error without details for clients, and with its cause for the operator.',
  'vestibule:bad-input:work': 'A long header, parameter or member is work in proportion to its length.',
  'vestibule:bad-input:management': 'Bad input to management is answered as clearly, and changes nothing.',
} as const;
