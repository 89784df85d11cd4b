import { readFileSync } from 'node:fs';

/** A program in a README, with what it promises to print. */
export interface ReadmeProgram {
  /** Its position among the programs of the README, from 0. */
  readonly index: number;
  readonly code: string;
  /** The lines after `// → `. */
  readonly prints: readonly string[];
}

/** What a README tells to install. */
export interface InstallLine {
  readonly names: readonly string[];
  /** Whether they are development dependencies. */
  readonly isDevelopment: boolean;
}

/** The code blocks of one language in a page. */
export const codeBlocks = (page: string, language: string): readonly string[] =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 'gs'))].map(([, code = '']) => code);

/** The lines of a page that begin with `npm install`, in its shell blocks. */
export const installLines = (page: string): readonly InstallLine[] =>
  codeBlocks(page, 'sh')
    .flatMap((block) => block.split('\n'))
    .flatMap((line): InstallLine[] => {
      const [, words] = /^npm install ([^#]+)/.exec(line) ?? [];
      if (words === undefined) return [];
      const all = words.trim().split(/\s+/);
      const names = all.filter((word) => !word.startsWith('-'));
      return [{ names, isDevelopment: all.some((word) => word === '--save-dev' || word === '-D') }];
    });

/** The lines that a program says it prints. */
export const printedLines = (code: string): readonly string[] =>
  [...code.matchAll(/^\/\/ → (.*)$/gm)].map(([, line = '']) => line);

/** The programs of a page: its TypeScript blocks. */
export const programsIn = (page: string): readonly ReadmeProgram[] =>
  codeBlocks(page, 'ts').map((code, index) => ({
    index,
    code,
    prints: printedLines(code),
  }));

/** Reads the README in a folder. */
export const readmeIn = (folder: string): string => readFileSync(`${folder}/README.md`, 'utf8');
