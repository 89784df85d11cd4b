import type { Reply } from '@vestibule/http';
import type { Pages } from '../pages/pages.ts';
import { pageResponse, withRetryAfter } from '../pages/page-response.ts';
import type { SignInView } from '../pages/views.ts';

/** The sign-in page; after too many attempts or with a full queue, with the time of a retry. */
export function signInPage(
  pages: Pages,
  status: number,
  view: SignInView,
  cookies: readonly string[] = [],
): Reply {
  const response = pageResponse(status, pages.signIn(view), cookies);
  return view.failure === undefined || view.failure.kind === 'credentials'
    ? response
    : withRetryAfter(response, view.failure.retryAfter);
}
