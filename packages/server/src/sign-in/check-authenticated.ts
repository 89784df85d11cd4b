import { isGroup, MAX_GROUPS } from '@vestibule/core';
import type { AuthenticatedPerson } from './sign-in-method.ts';

/** OpenID Connect Core §2: a `sub` has at most 255 characters. */
const MAX_SUBJECT_LENGTH = 255;

/** What pages display of a person's name has to fit on them. */
const MAX_NAME_LENGTH = 256;

/** No spaces and no control characters: a subject stands in tokens, logs and keys. */
const SUBJECT = /^[\x21-\x7e]+$/;

/**
 * Checks what a sign-in method or a host application says of a person, who may come from a system that Vestibule does not know.
 *
 * @throws TypeError that names what is wrong: a bug in the method or the host application
 */
export function checkAuthenticated({ person, methods, at, profile }: AuthenticatedPerson): void {
  const { subject, name } = person;
  if (!SUBJECT.test(subject) || subject.length > MAX_SUBJECT_LENGTH) {
    throw new TypeError(`person.subject must be 1 to ${MAX_SUBJECT_LENGTH} visible ASCII characters.`);
  }
  if (typeof name !== 'string' || name.trim() === '' || name.length > MAX_NAME_LENGTH) {
    throw new TypeError(`person.name must be 1 to ${MAX_NAME_LENGTH} characters.`);
  }
  if (!Array.isArray(methods) || !methods.every((method) => typeof method === 'string')) {
    throw new TypeError('methods must be a list of strings, for example ["pwd"].');
  }
  if (at !== undefined && !Number.isSafeInteger(at)) {
    throw new TypeError('at must be a time in milliseconds since 1970.');
  }
  const { groups = [] } = profile ?? {};
  if (!Array.isArray(groups) || groups.length > MAX_GROUPS || !groups.every(isGroup)) {
    throw new TypeError(
      `profile.groups must be a list of at most ${MAX_GROUPS} names, each one line of 1 to 256 characters without spaces at its ends.`,
    );
  }
}
