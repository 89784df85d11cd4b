/** The examination of any server. */
export const doctor = {
  'vestibule:doctor:each-fault':
    'Each check finds a fault that a server has on purpose, and no other check fails.',
  'vestibule:doctor:ours': 'Vestibule has none of the faults.',
  'vestibule:doctor:read-only': 'Unless it is asked to, the examination creates nothing at the server.',
  'vestibule:doctor:foreign': 'Servers of others have the faults that the documentation lists.',
  'vestibule:doctor:formats': 'The report is printed as text or JSON, and written as HTML or SARIF.',
  'vestibule:doctor:exit-codes':
    'The exit code says whether errors were found, or the server did not respond.',
} as const;
