/** A person who can sign in with a password. */
export interface TestPerson {
  readonly username: string;
  readonly name: string;
  readonly password: string;
}

export const ADA: TestPerson = {
  username: 'ada',
  name: 'Ada Lovelace',
  password: 'a horse of her own',
};
