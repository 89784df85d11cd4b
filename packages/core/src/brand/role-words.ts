import { lazily } from '../lazily.ts';
import { comparable } from './comparable.ts';
import type { Word } from './word.ts';

const ROLES: () => ReadonlySet<string> = /* @__PURE__ */ lazily(
  () =>
    new Set(
      `
  it system systems platform identity access single signon root sysadmin
  administrator administrators administration operator operators operations moderator
  welcome to greetings from wants would like asks needs requires you to please approve allow accept confirm continue
  administrador administrateur administratore systemverwaltung verwaltung willkommen bienvenue bienvenido benvenuto
  администратор система добро пожаловать 管理员 管理者 系统 시스템 관리자
  `
        .trim()
        .split(/\s+/)
        .map(comparable),
    ),
);

/**
 * Whether an organization uses this word for itself or to address a person: `Acme Administrator`, `Welcome to Acme`. Beside
 * other names such words mean little, so they count only for the names of this server.
 */
export const isRole = ({ form }: Word): boolean => ROLES().has(form);
