import { notesRoutes } from '@vestibule/example-notes';
import { createVestibule, type Vestibule } from '@vestibule/node';
import type { AuthorizationServer, SignInMethod } from '@vestibule/server';
import express, { type Express, type Request, type Response } from 'express';
import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { loginPage } from './login-page.ts';

/** A user of Acme Notes. A real application has a password hash here, and limits wrong passwords. */
interface User {
  readonly id: string;
  readonly name: string;
  readonly password: string;
}

const USERS: readonly User[] = [
  { id: 'acme-1', name: 'Ada', password: 'a horse of her own' },
  { id: 'acme-2', name: 'Grace', password: 'another horse' },
];

/** Whether two texts are equal. The time it takes reveals nothing about either. */
const isEqual = (one: string, other: string): boolean =>
  timingSafeEqual(hash('sha256', one, 'buffer'), hash('sha256', other, 'buffer'));

interface AcmeSession {
  readonly user: User;
  readonly signedInAt: number;
}

export interface Acme {
  readonly app: Express;
  readonly vestibule: Vestibule;
}

/** A `state` goes into a page: only what Vestibule puts into one may be in it. */
const STATE = /^[\w.-]{1,400}$/;

/** Acme Notes, with people of its own, and Vestibule for the apps that connect to it. */
export async function createAcme(issuer: string, clock: () => number = Date.now): Promise<Acme> {
  const sessions = new Map<string, AcmeSession>();
  let server: AuthorizationServer | undefined;

  const signIn: SignInMethod = {
    // The session at Acme may end or change, so every authorization asks Acme.
    asksEachTime: true,
    begin: async ({ state, wantsOtherPerson }) => {
      const query = new URLSearchParams({ state, ...(wantsOtherPerson && { switch: 'true' }) });
      return { kind: 'redirect', location: `${issuer}/login?${query.toString()}` };
    },
  };

  const vestibule = await createVestibule({
    database: 'sqlite::memory:',
    clock,
    signIn,
    routesBeside: (realm, created, context) => {
      server = created;
      // The API of Acme, which apps connect to, is in the same process.
      return notesRoutes(realm, created, context);
    },
    realms: [
      {
        realm: {
          id: 'main',
          name: 'Acme',
          issuer,
          settings: { registration: { open: true }, consent: { minimumReadingTime: 0 } },
        },
        scopes: [{ name: 'notes:read', description: 'Read your notes', openToDynamicClients: true }],
        apis: [
          {
            id: 'notes',
            name: 'Notes',
            resource: `${issuer}/mcp`,
            scopes: ['notes:read'],
            openToDynamicClients: true,
          },
        ],
      },
    ],
  });

  /** Tells Vestibule who signed in, and sends the browser back. The address comes from Vestibule, never from the request. */
  async function finish(response: Response, state: string, { user, signedInAt }: AcmeSession): Promise<void> {
    if (server === undefined) throw new Error('The realm is not served.');
    const person = { subject: user.id, name: user.name };
    const finished = await server.finishSignIn(state, { person, methods: ['pwd'], at: signedInAt });
    switch (finished.outcome) {
      case 'finished':
        response.redirect(303, finished.location);
        return;
      case 'not-recent':
        response.send(loginPage(state, 'The app asks you to sign in again.'));
        return;
      case 'unknown':
      case 'expired':
      case 'decided':
        response.status(400).send('This sign-in cannot be continued. Go back to the app and connect again.');
    }
  }

  const sessionOf = (request: Request): AcmeSession | undefined => {
    const id = /(?:^|; )acme-session=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1];
    return id === undefined ? undefined : sessions.get(id);
  };

  const app = express();
  // oxlint-disable-next-line oxc/no-async-endpoint-handlers -- Express 5 passes on what a handler rejects with.
  app.get('/login', async (request, response) => {
    const { state, switch: isSwitch } = request.query;
    if (typeof state !== 'string' || !STATE.test(state)) return void response.sendStatus(400);
    const session = sessionOf(request);
    if (session === undefined || isSwitch === 'true') return void response.send(loginPage(state));
    await finish(response, state, session);
  });
  // oxlint-disable-next-line oxc/no-async-endpoint-handlers -- Express 5 passes on what a handler rejects with.
  app.post('/login', express.urlencoded({ extended: false }), async (request, response) => {
    const { state, username, password }: Record<string, unknown> = request.body ?? {};
    if (typeof state !== 'string' || !STATE.test(state)) return void response.sendStatus(400);
    // A form on another site must not sign a person in as another one.
    if (request.headers.origin !== issuer) return void response.sendStatus(403);
    const isUser = (one: User): boolean =>
      one.name === username && typeof password === 'string' && isEqual(one.password, password);
    const user = USERS.find(isUser);
    if (user === undefined) {
      return void response.status(403).send(loginPage(state, 'Wrong name or password.'));
    }
    const id = randomBytes(32).toString('base64url');
    const session = { user, signedInAt: clock() };
    sessions.set(id, session);
    response.cookie('acme-session', id, { httpOnly: true, sameSite: 'lax', path: '/' });
    await finish(response, state, session);
  });
  app.use(vestibule.router);
  return { app, vestibule };
}
