import type { Pages } from '../pages/pages.ts';
import { pageResponse } from '../pages/page-response.ts';
import type { SignInView } from '../pages/views.ts';

/** The sign-in page; after too many attempts or with a full queue, with the time of a retry. */
export function signInPage(
  pages: Pages,
  status: number,
  view: SignInView,
  cookies: readonly string[] = [],
): Response {
  const response = pageResponse(status, pages.signIn(view), cookies);
  if (view.failure !== undefined && view.failure.kind !== 'credentials') {
    response.headers.set('retry-after', String(view.failure.retryAfter));
  }
  return response;
}
