import { expect, test } from 'vitest';
import { COMPARE, readSettings } from './compare-command.ts';
import { UsageError } from './options.ts';

const read = (...args: readonly string[]) => readSettings(args, COMPARE).settings;

const MISTAKES: readonly (readonly [args: readonly string[], message: RegExp])[] = [
  [['--wat', '1'], /'--wat'.*--targets/],
  [['--ms', 'soon'], /^--ms soon: must be a whole number from 50 to/],
  [['--ms', ''], /^--ms : must be/],
  [['--connections', '1,0'], /^--connections 0: must be/],
  [['--noise', '2'], /^--noise 2: must be a number from 0 to 1/],
  [['--targets', 'vestibule,other'], /^--targets other: must be one of bare-express/],
  [['--operations', 'speed'], /^--operations speed: must be one of metadata/],
  [['--keycloak', 'https://kc.example'], /^--keycloak .*: must be an http URL/],
  [['more'], /^more: is not an option/],
];

test.each(MISTAKES)('the options %j are refused with a message that names the mistake', (args, message) => {
  expect(() => read(...args)).toThrow(UsageError);
  expect(() => read(...args)).toThrow(message);
});

test('the reference is measured even if it is not among the chosen targets', () => {
  expect(read('--targets', 'vestibule').targets.map(({ name }) => name)).toEqual([
    'bare-express',
    'vestibule',
  ]);
});

test('starts and growth are measured only if they are among the operations', () => {
  const settings = read('--operations', 'register,cold-start', '--starts', '3');
  expect(settings).toMatchObject({ operations: ['register'], starts: 3, growthPoints: [] });
});

test('a server that runs elsewhere is only used by its address', () => {
  const { targets } = read('--targets', 'vestibule', '--keycloak', 'http://127.0.0.1:8080/realms/mcp');
  expect(targets.at(-1)).toMatchObject({
    name: 'keycloak',
    address: 'http://127.0.0.1:8080',
    metadataPath: '/realms/mcp/.well-known/openid-configuration',
  });
});
