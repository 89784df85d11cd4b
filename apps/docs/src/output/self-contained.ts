import { createHash } from 'node:crypto';

/** A page whose scripts and styles are files, and the files that it needs. */
export interface SelfContained {
  readonly html: string;
  /** Texts of files by their names. */
  readonly files: ReadonlyMap<string, string>;
}

const SCRIPT = /<script((?:\s[^>]*)?)>([^]*?)<\/script>/g;
const STYLE = /<style[^>]*>([^]*?)<\/style>/g;
const ATTRIBUTE = /<[a-z][\w-]*(?:\s[^<>]*?)?\sstyle="[^"]*"[^<>]*>/g;

/**
 * Moves inline scripts, styles and `style` attributes of a page into files, so that it works under a Content Security Policy
 * without `unsafe-inline`. Scripts stay where they are, and run at the same moment.
 *
 * @param folder the URL of the folder of the files, with `/` at its end
 */
export function selfContained(page: string, folder: string): SelfContained {
  const files = new Map<string, string>();
  const keep = (text: string, extension: string): string => {
    const name = `${createHash('sha256').update(text).digest('hex').slice(0, 12)}.${extension}`;
    files.set(name, text);
    return folder + name;
  };
  const rules = new Map<string, string>();
  const html = page
    .replaceAll(SCRIPT, (whole: string, attributes: string, code: string) => {
      const isCode = !/\stype="(?!module")/.test(attributes);
      if (!isCode || code.trim() === '' || /\ssrc=/.test(attributes)) return whole;
      return `<script${attributes} src="${keep(code, 'js')}"></script>`;
    })
    .replaceAll(STYLE, (_whole: string, css: string) => `<link rel="stylesheet" href="${keep(css, 'css')}">`)
    .replaceAll(ATTRIBUTE, (tag) => withClass(tag, rules));
  if (rules.size === 0) return { html, files };
  const css = [...rules].map(([name, declarations]) => `.${name}{${declarations}}`).join('\n');
  return {
    html: html.replace('</head>', `<link rel="stylesheet" href="${keep(css, 'css')}"></head>`),
    files,
  };
}

/** Replaces the `style` of a tag by a class, whose rule it adds to `rules`. */
function withClass(tag: string, rules: Map<string, string>): string {
  const [attribute = '', style = ''] = /\sstyle="([^"]*)"/.exec(tag) ?? [];
  const declarations = style.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
  // Styles of code blocks find a span by what it declares, and `finish` changes them to find it by this prefix.
  const prefix = declarations.startsWith('--') ? 'v-' : 's-';
  const name = `${prefix}${createHash('sha256').update(declarations).digest('hex').slice(0, 8)}`;
  const rest = tag.replace(attribute, '');
  rules.set(name, declarations);
  return /\sclass="/.test(rest)
    ? rest.replace(/\sclass="/, ` class="${name} `)
    : rest.replace(/^<[a-z][\w-]*/, `$& class="${name}"`);
}
