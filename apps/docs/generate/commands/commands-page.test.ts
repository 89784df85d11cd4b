import { expect, test } from 'vitest';
import { commandsPage } from './commands-page.ts';
import { allCommands } from './commands.ts';

const { text } = await commandsPage();
const commands = allCommands();

test('the list of commands has those of the app', () => {
  expect(commands.length).toBeGreaterThan(50);
  expect(commands.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['vestibule start', 'vestibule demo']),
  );
});

test('the options of doctor are on the page', () => {
  expect(text).toMatch(/^ +--register\b/m);
});

test.each(commands)('$name has one section, with its options and arguments', ({ name, command }) => {
  const [, section = '', ...more] = text.split(new RegExp(`^#{2,3} ${name}\n`, 'm'));
  expect(more).toEqual([]);
  const own = section.split(/^#{2,3} /m)[0];
  expect(command.description()).not.toBe('');
  for (const { long, flags, description } of command.options) {
    expect(own).toContain(`\`${own?.includes(`\`${flags}\``) ? flags : long}\``);
    expect(description).not.toBe('');
  }
  for (const argument of command.registeredArguments) {
    expect(own).toContain(`| \`${argument.name()}\` | `);
    expect(argument.description).not.toBe('');
  }
});
