/** Something the person who runs the app has to mend. Its message is for them: what is wrong, and what to do. */
export class Refused extends Error {
  override readonly name = 'Refused';
}
