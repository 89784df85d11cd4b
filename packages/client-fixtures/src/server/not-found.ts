/** No authorization server was found. The message says which URLs were tried and what to do. */
export class ServerNotFound extends Error {
  override readonly name = 'ServerNotFound';
}
