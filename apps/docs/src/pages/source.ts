/** A page of the site, and where its Markdown comes from. */
export interface Source {
  /** Its path in the site, without `.html`. */
  readonly path: string;
  /** The file or folder of the repository that it is made from. */
  readonly source: string;
  readonly markdown: string;
}
