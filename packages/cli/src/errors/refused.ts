/** An error that the person who runs a command can fix. Its message says what is wrong and what to do. */
export class Refused extends Error {
  override readonly name: string = 'Refused';
}

/** A command was called with invalid arguments. Nothing was done; the usage is printed with the message. */
export class WrongUsage extends Error {
  override readonly name: string = 'WrongUsage';
}
