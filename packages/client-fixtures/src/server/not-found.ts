/** There is no authorization server to try: its message says where was looked, and what to do. */
export class ServerNotFound extends Error {
  override readonly name = 'ServerNotFound';
}
