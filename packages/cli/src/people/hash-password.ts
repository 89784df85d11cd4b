/** Whether a server can verify passwords against a text. */
export const isPasswordHash = async (text: string): Promise<boolean> => {
  const server = await import('@vestibule/node');
  return server.isPasswordHash(text);
};

/**
 * Hashes a password as a server does. Loaded when it is needed: it brings a native module and a whole server, which other
 * commands would wait for.
 */
export const hashPassword = async (password: string): Promise<string> => {
  const server = await import('@vestibule/node');
  return server.hashPassword(password);
};
