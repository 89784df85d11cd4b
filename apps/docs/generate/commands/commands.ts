import { EventEmitter } from 'node:events';
import { main } from '@vestibule/doctor/cli';
import { appProgram } from '@vestibule/reference/command-line';

/** A command of the command line, as its own definition describes it. */
export type Command = ReturnType<typeof appProgram>;

/** A command with its whole name. */
export interface NamedCommand {
  /** `vestibule clients add` */
  readonly name: string;
  readonly command: Command;
}

/** Every command that can be run, in the order of the help, with the commands below it after it. */
export const allCommands = (): readonly NamedCommand[] => {
  const program = appProgram();
  return program.commands.flatMap((command) => withSubcommands(command, program.name()));
};

const withSubcommands = (command: Command, above: string): readonly NamedCommand[] => {
  const name = `${above} ${command.name()}`;
  return [{ name, command }, ...command.commands.flatMap((one) => withSubcommands(one, name))];
};

/** The help of the command that reads its own arguments. */
export async function doctorHelp(): Promise<string> {
  const written: string[] = [];
  const screen = { write: (text: string) => written.push(text) };
  await main(['--help'], { env: {}, stdout: screen, stderr: screen });
  return written.join('').trim();
}

/** The text that the help of a command has at its end: examples and notes. */
export function afterHelp(command: Command): string {
  const written: string[] = [];
  // The types of commander do not say that a command is an emitter.
  if (!(command instanceof EventEmitter)) return '';
  command.emit('afterHelp', { error: false, command, write: (text: string) => written.push(text) });
  return written.join('').trim();
}
