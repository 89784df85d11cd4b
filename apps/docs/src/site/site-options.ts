/** Where the site will be. */
export interface SiteOptions {
  /** The path of the site at its host, with `/` at both ends. */
  readonly base: string;
  /** The origin of the site, such as `https://docs.example`; `undefined` if it is not known. */
  readonly site: string | undefined;
}

/** Reads where the site will be from the environment: `BASE` (default `/`) and `SITE` (default: not known). */
export function siteOptions({ BASE = '', SITE }: Readonly<Record<string, string | undefined>>): SiteOptions {
  const path = BASE.split('/')
    .filter((part) => part !== '')
    .join('/');
  return { base: path === '' ? '/' : `/${path}/`, site: SITE };
}
