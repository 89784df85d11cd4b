/** Requests of real agents, for any server. */
export const clientFixtures = {
  'vestibule:client-fixtures:agents': 'Eighteen agents are there, each with how it is known.',
  'vestibule:client-fixtures:redirects':
    'Each has redirect URIs that must work, and look-alikes that must not.',
  'vestibule:client-fixtures:ours': 'Every check of every agent passes against Vestibule.',
  'vestibule:client-fixtures:oidc-provider': 'Against oidc-provider as it comes the checks fail that should.',
  'vestibule:client-fixtures:each-flaw':
    'Each flaw that a server may have is caught by the check that is about it.',
  'vestibule:client-fixtures:other-ways': 'A server that does right in another way passes.',
  'vestibule:client-fixtures:any-server':
    'A server is found by its metadata, and one that has no registration is not tried.',
  'vestibule:client-fixtures:resource':
    'The API that tokens are asked for is found where the server or the API names it.',
  'vestibule:client-fixtures:token': 'All of them bring an initial access token where one is given.',
  'vestibule:client-fixtures:gentle':
    'A server that limits registrations is not pressed, and what was not tried is named.',
  'vestibule:client-fixtures:table': 'The command prints a table and, in sentences, what failed.',
  'vestibule:client-fixtures:json': 'With --json it prints every outcome.',
  'vestibule:client-fixtures:exit-codes': 'It ends with 0, 1 or 2: passed, failed, called wrongly.',
  'vestibule:client-fixtures:end-to-end':
    'Each agent gets a code, a token and a refreshed token from Vestibule.',
  'vestibule:client-fixtures:documents':
    'The metadata documents of agents are there, each with how it is known and redirect URIs to try.',
  'vestibule:client-fixtures:documents-ours': 'Every check of every document passes against Vestibule.',
  'vestibule:client-fixtures:documents-any-server':
    'Documents are tried at any server whose metadata says that it supports them, and at no other.',
  'vestibule:client-fixtures:documents-each-flaw':
    'Each flaw that a server may have with documents is caught by the check that is about it.',
  'vestibule:client-fixtures:documents-gentle':
    'A document that a server does not accept is named to it once, and a server that limits requests is not pressed.',
} as const;
