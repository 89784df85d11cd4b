import type {
  ConnectedAppsView,
  ConsentView,
  AuthorizationResponseView,
  OnwardView,
  ProblemView,
  RulesView,
  SignInView,
  SignOutView,
} from './views.ts';

/** A rendered page. */
export interface Page {
  readonly html: string;
  /** `content-type`, `content-security-policy` and whatever else keeps the page safe. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * What people see. An implementation must escape every text of a view, must not load or link anything that a
 * client named (but for the hand-back, which leads there), and must send headers that forbid framing, scripts
 * and foreign form targets.
 */
export interface Pages {
  signIn(view: SignInView): Page;
  consent(view: ConsentView): Page;
  handBack(view: AuthorizationResponseView): Page;
  onward(view: OnwardView): Page;
  connectedApps(view: ConnectedAppsView): Page;
  signOut(view: SignOutView): Page;
  problem(view: ProblemView): Page;
  rules(view: RulesView): Page;
}
