/**
 * An error that the person who starts a program or runs a command can fix. Its message says what is wrong and what to do, and
 * contains no secret.
 */
export class Refused extends Error {
  override readonly name: string = 'Refused';
}
