import { expect, test } from 'vitest';
import { readOptions } from './read-options.ts';

test.each<[string, readonly string[], object]>([
  ['nothing', [], { kind: 'create', yes: false, answers: {} }],
  ['a folder', ['a'], { kind: 'create', yes: false, answers: { folder: 'a' } }],
  ['--yes', ['--yes'], { kind: 'create', yes: true, answers: {} }],
  ['-y', ['-y'], { kind: 'create', yes: true, answers: {} }],
  [
    'all options',
    ['a', '--kind', 'server', '--database=postgres', '--api-name', 'N', '--api', 'https://n.example/'],
    {
      answers: {
        folder: 'a',
        kind: 'server',
        database: 'postgres',
        apiName: 'N',
        apiUrl: 'https://n.example/',
      },
    },
  ],
  ['--help', ['--help', '--kind', 'x'], { kind: 'help' }],
  ['an unknown option', ['--databse', 'sqlite'], { kind: 'invalid' }],
  ['two folders', ['a', 'b'], { kind: 'invalid', problem: "Name one folder, not also 'b'." }],
  ['an empty folder', [''], { kind: 'invalid', problem: 'Name the folder to create.' }],
  [
    'an unknown kind',
    ['--kind', 'x'],
    { kind: 'invalid', problem: "--kind is server or registration, not 'x'." },
  ],
  [
    'an unknown database',
    ['--database', 'mysql'],
    { kind: 'invalid', problem: "--database is sqlite or postgres, not 'mysql'." },
  ],
  ['an invalid name', ['--api-name', '${x}'], { kind: 'invalid' }],
  ['an invalid URL', ['--api', 'notes'], { kind: 'invalid' }],
])('reads %s', (_, args, expected) => {
  expect(readOptions(args)).toMatchObject(expected);
});
