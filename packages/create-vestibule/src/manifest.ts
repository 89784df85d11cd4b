import type { Answers } from './answers.ts';

/** The `package.json` of a project. */
export function manifestOf(answers: Answers, name: string, version: string): string {
  const ours = Object.fromEntries(packagesFor(answers).map((one) => [`@vestibule/${one}`, `^${version}`]));
  const manifest = {
    name,
    version: '0.0.0',
    private: true,
    type: 'module',
    engines: { node: '>=22.18' },
    scripts: {
      start: 'node --env-file-if-exists=.env src/main.ts',
      test: 'node --test "test/**/*.test.ts"',
      typecheck: 'tsc',
    },
    dependencies: { ...ours, ...others(answers) },
    devDependencies: { '@types/node': '^24', typescript: '^7', ...types(answers) },
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

function packagesFor({ kind, apiUrl }: Answers): readonly string[] {
  if (kind === 'registration') return ['core', 'database', 'express', 'http'];
  return apiUrl === undefined ? ['http', 'node', 'resource-server'] : ['node', 'resource-server'];
}

function others({ kind, apiUrl }: Answers): Readonly<Record<string, string>> {
  if (kind === 'registration') return { express: '^5.3.0' };
  return apiUrl === undefined ? { '@modelcontextprotocol/server': '^2.4.0' } : {};
}

const types = ({ kind }: Answers): Readonly<Record<string, string>> =>
  kind === 'registration' ? { '@types/express': '^5.0.6' } : {};
