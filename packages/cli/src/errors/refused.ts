/** Something the person who runs a command has to mend. Its message is for them: what is wrong, and what to do. */
export class Refused extends Error {
  override readonly name: string = 'Refused';
}

/** A command that was called wrongly. Nothing has been done; how it is called is shown along with the message. */
export class WrongUsage extends Error {
  override readonly name: string = 'WrongUsage';
}
