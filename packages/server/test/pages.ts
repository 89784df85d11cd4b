import type { Pages } from '../src/index.ts';

/** Pages for tests: each is its view as JSON, so that tests can read it. */
export const jsonPages: Pages = {
  signIn: (view) => page({ page: 'sign-in', ...view }),
  consent: (view) => page({ page: 'consent', ...view }),
  notAllowed: (view) => page({ page: 'not-allowed', ...view }),
  handBack: (view) => page({ page: 'hand-back', ...view }),
  onward: (view) => page({ page: 'onward', ...view }),
  connectedApps: (view) => page({ page: 'connected-apps', ...view }),
  signOut: (view) => page({ page: 'sign-out', ...view }),
  rules: (view) => page({ page: 'rules', ...view }),
  problem: (view) => page({ page: 'problem', ...view }),
};

const page = (view: object) => ({
  html: JSON.stringify(view),
  headers: { 'content-type': 'application/json' },
});
