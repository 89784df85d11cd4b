import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Node, parseSync, Visitor } from 'oxc-parser';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';

/** The packages whose texts are sent to clients. */
const PACKAGES = ['core', 'http', 'server', 'dpop', 'resource-server', 'assertions', 'express'];

/** Their texts that are never sent, each with its place. */
const NEVER_SENT: Readonly<Record<string, string>> = {
  'core/src/audit/recorded-state.ts': 'in the audit log',
  'core/src/audit/trace.ts': 'in the audit log',
  'core/src/brand/clean-name.ts': 'in a name, which is JSON',
  'core/src/brand/confusables.ts': 'nowhere: a table for comparison',
  'core/src/brand/letterforms.ts': 'nowhere: a table for comparison',
  'core/src/policy/catalogue/body-rules.ts': 'on the page about rules',
  'core/src/policy/catalogue/document-rules.ts': 'on the page about rules',
  'core/src/policy/catalogue/grant-rules.ts': 'on the page about rules',
  'core/src/policy/catalogue/management-rules.ts': 'on the page about rules',
  'core/src/policy/catalogue/name-rules.ts': 'on the page about rules',
  'core/src/policy/catalogue/redirect-uri-rules.ts': 'on the page about rules',
  'core/src/policy/catalogue/statement-rules.ts': 'on the page about rules',
  'core/src/brand/generic-words.ts': 'nowhere: a table for comparison',
  'core/src/brand/mark-words.ts': 'nowhere: a table for comparison',
  'core/src/brand/role-words.ts': 'nowhere: a table for comparison',
  'core/src/brand/symbols.ts': 'nowhere: a table for comparison',
  'core/src/options/check-options.ts': 'in errors for developers',
  'core/src/options/option-table.ts': 'in errors for developers',
  'core/src/realm/contradictions.ts': 'in errors about documents of an operator',
  'core/src/realm/person-document.ts': 'in errors about documents of an operator',
  'core/src/realm/realm-settings.ts': 'in errors for developers',
  'core/src/realm/schema/in-words.ts': 'in errors about documents of an operator',
  'core/src/realm/schema/settings-schema.ts': 'in errors about documents of an operator',
  'resource-server/src/check-options.ts': 'in errors for developers',
  'server/src/key/client-sealer.ts': 'nowhere: words that compression begins with',
  'server/src/sign-in/check-authenticated.ts': 'in errors for developers',
};

/** A whole header with quoted values. */
const HEADERS = /^(?:Bearer|Basic|DPoP) /;

/** The source of a rule, which is never sent: `RFC 7591 §2`. */
const SOURCE = /^(?:[A-Z][A-Za-z ]*\d[\d.]*|OIDC [A-Za-z ]+) §/;

const ROOT = fileURLToPath(new URL('../../../packages/', import.meta.url));

const sources = await Promise.all(
  PACKAGES.map(async (name) => {
    const files = await readdir(`${ROOT}${name}/src`, { recursive: true });
    return files
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => `${name}/src/${file}`);
  }),
);
const files = sources.flat().filter((file) => !(file in NEVER_SENT));

/** Every text in a source, including those between the placeholders of templates. */
function textsIn(file: string, source: string): readonly string[] {
  const texts: string[] = [];
  const { program, errors } = parseSync(file, source);
  expect(errors).toEqual([]);
  new Visitor({
    Literal: (node: Node & { readonly value?: unknown }) => {
      if (typeof node.value === 'string') texts.push(node.value);
    },
    TemplateElement: ({ value }) => {
      texts.push(value.cooked ?? value.raw);
    },
  }).visit(program);
  return texts;
}

/** Whether a text is a sentence, and not a name, a pattern, a path or a list of words over several lines. */
const isSentence = (text: string): boolean => !text.startsWith('\n') && /\S \S+ \S/.test(text);

const isFine = (text: string): boolean =>
  HEADERS.test(text) ||
  SOURCE.test(text) ||
  (isSentence(text) ? /^[\x20-\x21\x23-\x5B\x5D-\x7E]*$/.test(text) : !/\P{ASCII}/u.test(text));

describe('what is written in a source that answers requests', () => {
  test.each(files)(
    cite('%s fits an error and a header', 'rfc6749:5.2:characters', 'rfc7591:3.2.2:ascii'),
    async (file) => {
      const texts = textsIn(file, await readFile(`${ROOT}${file}`, 'utf8'));
      expect(texts.filter((text) => !isFine(text))).toEqual([]);
    },
  );

  test('is found', async () => {
    const found = await Promise.all(
      files.map(async (file) => textsIn(file, await readFile(`${ROOT}${file}`, 'utf8'))),
    );
    const all = found.flat();
    expect(all).toContain('code_challenge is missing; PKCE is required');
    expect(all.some((text) => text.endsWith('is not one that this client registered'))).toBe(true);
    expect(all.length).toBeGreaterThan(1_500);
  });

  test.each(['a key of the client’s', 'a "quoted" word or two', 'a back\\slash is here', 'naïve'])(
    '%j would not pass',
    (text) => {
      expect(textsIn('x.ts', `refuse(${JSON.stringify(text)})`).filter((one) => !isFine(one))).toEqual([
        text,
      ]);
      expect(
        textsIn('x.ts', `refuse(\`${text.replaceAll('\\', '\\\\')} \${x}\`)`).some((one) => !isFine(one)),
      ).toBe(true);
    },
  );
});
