import { nodeVersionsOf } from '../runtimes/portable.ts';

/** The member `repository` of the root `package.json`: the one place that says where the sources are. */
export interface Repository {
  readonly type: string;
  /** `git+https://….git` */
  readonly url: string;
}

/** The members of `package.json` that are alike in every published package. */
export interface PublishedMembers {
  readonly repository: Repository & { readonly directory: string };
  readonly homepage: string;
  readonly bugs: string;
  readonly engines: Readonly<Record<string, string>>;
}

/**
 * The members of the package in `packages/NAME`.
 *
 * @see {@link https://docs.npmjs.com/generating-provenance-statements npm: `repository` has to match the repository that publishes}
 */
export function publishedMembers({ type, url }: Repository, name: string): PublishedMembers {
  const web = url.replace(/^git\+/, '').replace(/\.git$/, '');
  const directory = `packages/${name}`;
  return {
    repository: { type, url, directory },
    homepage: `${web}/tree/main/${directory}#readme`,
    bugs: `${web}/issues`,
    engines: { node: nodeVersionsOf(name) },
  };
}
