/** One instruction of a Dockerfile: its name in upper case, and the rest of its line. */
export interface Instruction {
  readonly name: string;
  readonly rest: string;
}

/** One stage: what follows a FROM. */
export interface Stage {
  /** The name behind AS, or nothing. */
  readonly name: string;
  readonly instructions: readonly Instruction[];
}

/** The stages of a Dockerfile without heredocs and without variables in what is run. */
export function stagesOf(text: string): readonly Stage[] {
  const lines = text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const stages: { name: string; instructions: Instruction[] }[] = [];
  for (const line of lines) {
    const name = (/^\w+/.exec(line)?.[0] ?? '').toUpperCase();
    const rest = line.slice(name.length).trim();
    if (name === 'FROM') stages.push({ name: / AS (\w+)$/i.exec(rest)?.[1] ?? '', instructions: [] });
    else stages.at(-1)?.instructions.push({ name, rest });
  }
  return stages;
}

/** The rests of all instructions with a name. */
export const all = (stage: Stage, name: string): readonly string[] =>
  stage.instructions.filter((one) => one.name === name).map(({ rest }) => rest);

/** The last one, which counts. */
export function last(stage: Stage, name: string): string {
  const rest = all(stage, name).at(-1);
  if (rest === undefined) throw new Error(`The Dockerfile has no ${name}.`);
  return rest;
}

/** The variables that a stage sets: `ENV A=b C=d`, without quoted values. */
export const environmentOf = (stage: Stage): Readonly<Record<string, string>> =>
  Object.fromEntries(
    all(stage, 'ENV').flatMap((rest) =>
      rest.split(/\s+/).map((pair): [string, string] => {
        const at = pair.indexOf('=');
        return [pair.slice(0, at), pair.slice(at + 1)];
      }),
    ),
  );

/** The words of an instruction in the form of a JSON list, which runs without a shell. */
export function wordsOf(rest: string): readonly string[] {
  const words: unknown = JSON.parse(rest.slice(rest.indexOf('[')));
  return Array.isArray(words) ? words.map(String) : [];
}
