/** The `vestibule` command line for operators. */
export const commandLine = {
  'vestibule:command-line:gates-show': 'vestibule gates lists the three gates.',
  'vestibule:command-line:gates-set': 'vestibule gates opens and closes each of them, with an event.',
  'vestibule:command-line:clients-list':
    'vestibule clients lists the clients of a realm, however many there are.',
  'vestibule:command-line:clients-show': 'vestibule clients prints one client, with no secret in clear.',
  'vestibule:command-line:clients-block':
    'vestibule clients blocks a client and ends what people allowed it, with an event.',
  'vestibule:command-line:clients-delete':
    'vestibule clients deletes a client and ends what people allowed it, with an event.',
  'vestibule:command-line:tokens-issue':
    'vestibule tokens issues an initial access token with its bounds, and prints it once.',
  'vestibule:command-line:tokens-list': 'vestibule tokens lists tokens with their uses, without themselves.',
  'vestibule:command-line:tokens-revoke': 'vestibule tokens revokes one.',
  'vestibule:command-line:explain':
    'vestibule explain prints what each rule does to a file, and stores nothing.',
  'vestibule:command-line:sweep': 'vestibule sweep removes what is due and says how much.',
  'vestibule:command-line:json': 'With --json every command prints JSON and nothing else on standard output.',
  'vestibule:command-line:progress': 'Long work says how far it is, on standard error.',
  'vestibule:command-line:exit-codes': 'The exit code tells success, failure and a wrong call apart.',
  'vestibule:command-line:wrong-call': 'A wrong call says what is wrong and how it is called.',
  'vestibule:command-line:strangers-text': 'Untrusted text cannot control the terminal.',
  'vestibule:command-line:databases': 'It works against each kind of database there is.',
} as const;
