import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const ROOT: string = fileURLToPath(new URL('../../../../', import.meta.url));

/** A file of the repository. */
export const inRepository = (path: string): string => `${ROOT}${path}`;

/** The address of a file in the repository, for links. */
export const sourceUrl = (path: string): string =>
  `https://github.com/vestibule-auth/vestibule/blob/main/${path}`;
