import { Refused } from '@vestibule/database';
import { readFileSync } from 'node:fs';

/** Environment variables by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** The variables that can also be given as a file, whose path is in the variable of the same name with the suffix `_FILE`. */
const IN_FILES = ['DATABASE_URL', 'OPERATOR_TOKEN', 'UPSTREAM_CLIENT_SECRET'] as const;

/** A variable that can be given as a file. */
export type SecretVariable = (typeof IN_FILES)[number];

/** Longer than every value, and short enough that a wrong file costs nothing. */
const LONGEST = 65_536;

/**
 * Replaces `DATABASE_URL_FILE`, `OPERATOR_TOKEN_FILE` and `UPSTREAM_CLIENT_SECRET_FILE` by the values in these files, as secrets of
 * containers and credentials of systemd are given. White space around a value is ignored, and an empty variable counts as unset.
 *
 * @param names the variables whose files are read @default all three
 * @returns the variables without those that named these files; the same object if none does
 * @throws Refused with a line for each file that cannot be used, without its path and without its content, because either may be a
 * secret that was put into the wrong variable
 */
export function withSecretFiles(env: Variables, names: readonly SecretVariable[] = IN_FILES): Variables {
  const found = names.filter((name) => (env[`${name}_FILE`] ?? '') !== '');
  if (found.length === 0) return env;
  const set: Record<string, string | undefined> = { ...env };
  const problems: string[] = [];
  for (const name of found) {
    const isTwice = (env[name] ?? '') !== '';
    const read = isTwice ? setTwice(name) : readSecret(name, env[`${name}_FILE`] ?? '');
    if ('problem' in read) problems.push(`${name}_FILE=… ${read.problem}`);
    else set[name] = read.value;
    delete set[`${name}_FILE`];
  }
  if (problems.length > 0) throw new Refused(problems.join('\n'));
  return set;
}

type Read = { readonly value: string } | { readonly problem: string };

const setTwice = (name: SecretVariable): Read => ({
  problem: `and ${name} are both set. Set only one of them`,
});

function readSecret(name: SecretVariable, path: string): Read {
  try {
    const text = readFileSync(path, 'utf8');
    if (text.length > LONGEST) return { problem: `must name a file with the value of ${name} alone` };
    const value = text.trim();
    return value === '' ? { problem: 'names a file that is empty' } : { value };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return {
      problem: `must name a file that this account can read: ${REASONS[code] ?? 'reading it failed'}`,
    };
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  ENAMETOOLONG: 'there is no such file',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EISDIR: 'it is a folder',
};
