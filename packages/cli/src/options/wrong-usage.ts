/** A command was called with invalid arguments. Nothing was done; the usage is printed with the message. */
export class WrongUsage extends Error {
  override readonly name: string = 'WrongUsage';
}
