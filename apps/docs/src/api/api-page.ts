/** An entry point of a package. */
export interface Entry {
  /** What programs import, such as `@vestibule/core/policy`. */
  readonly name: string;
  /** Its file in the sources. */
  readonly file: string;
  /** How TypeDoc names its module: the file below the folder of packages. */
  readonly module: string;
  /** The description of its package. */
  readonly description: string;
}

/** The name of the page of an entry point: `core-policy` for `@vestibule/core/policy`. */
export const apiPath = (name: string): string => name.replace(/^@vestibule\//, '').replaceAll('/', '-');

/** The page of an entry point, from what TypeDoc wrote about it. */
export const apiPage = (raw: string, { name, description }: Entry): string =>
  raw.replace(/^# .*\n/, `# ${name}\n\n${description}\n`);

/** A link from a name to the heading of that name, on this page or another one. */
const NAME_LINK = /\[`(\w+)`\]\(([^)#]*)#([\w-]+)\)/g;

/**
 * Mends links to names that differ from another name of their page in capitals only, such as `realmSettings()` beside
 * `RealmSettings`: TypeDoc counts their anchors in another way than Markdown does.
 *
 * @param anchorsOf the anchors of a page by the text of its headings; of this page if the path is empty
 */
export const mendLinks = (page: string, anchorsOf: (path: string) => ReadonlyMap<string, string>): string =>
  page.replaceAll(NAME_LINK, (link: string, name: string, path: string, anchor: string) => {
    if (!/-\d+$/.test(anchor) || anchor.startsWith('property-')) return link;
    const found = anchorsOf(path).get(`${name}()`) ?? anchorsOf(path).get(name);
    return found === undefined ? link : `[\`${name}\`](${path}#${found})`;
  });
