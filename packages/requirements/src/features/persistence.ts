/** When a client is stored that registered itself. */
export const persistence = {
  'vestibule:persistence:nothing-stored':
    'In a realm that stores clients when a person first approves them, a registration adds no row.',
  'vestibule:persistence:client-id':
    'The client_id of a client that is not stored has at most 1,024 characters, all of them unreserved in a URL.',
  'vestibule:persistence:same-response':
    'Such a client gets the same response as one that is stored at once.',
  'vestibule:persistence:too-long':
    'A client whose metadata does not fit into a client_id is stored at once.',
  'vestibule:persistence:token': 'A client with an initial access token is stored at once.',
  'vestibule:persistence:unmanaged': 'Clients of such a realm cannot manage their registration.',
  'vestibule:persistence:first-approval': 'The first approval stores the client and names the person.',
  'vestibule:persistence:denied': 'A denial stores no client.',
  'vestibule:persistence:once': 'A client is stored once, however many people approve it at the same time.',
  'vestibule:persistence:expires': 'A client that is not stored is unknown after lifecycle.deferred.',
  'vestibule:persistence:today':
    'A client that is not stored is judged by the current policy at each request.',
  'vestibule:persistence:limits':
    'Limits for stored clients count first approvals, and an approval beyond them decides nothing.',
  'vestibule:persistence:blocked': 'An operator can block a client that is not stored.',
  'vestibule:persistence:deleted': 'A deleted client does not return with its client_id.',
  'vestibule:persistence:sealed':
    'A client_id that was changed, made up, or taken from another realm or server is as unknown as any other.',
  'vestibule:persistence:keys':
    'The keys are shared by all processes, rotated, and kept until the last client_id that they sealed has expired.',
} as const;
