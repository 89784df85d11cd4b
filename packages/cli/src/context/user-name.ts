import { userInfo } from 'node:os';

/** The user name of the process, or its numeric id: a container may run as a user that its system does not know. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
