/** How texts from requests are checked before they are used or repeated. */
export const texts = {
  'vestibule:texts:ids-only':
    'Descriptions and pages quote from a request only what looks like an id or a URI.',
  'vestibule:texts:claimed-client':
    'The event of a refusal for an unknown client holds the client_id that came, quoted and cut.',
  'vestibule:texts:cut-first': 'A name is cut before it is normalized.',
} as const;
