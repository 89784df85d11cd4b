import { type Member, membersOfInterface, referencedName, resolve } from '../source/members.ts';
import { inRepository } from '../source/paths.ts';

/** A group of settings with those that are directly in it. */
export interface SettingGroup {
  /** `registration.limits` */
  readonly path: string;
  /** What its interface says. */
  readonly description: string;
  readonly settings: readonly Setting[];
}

/** One setting. */
export interface Setting {
  /** `registration.limits.perRealmPerDay` */
  readonly path: string;
  readonly member: Member;
}

const SETTINGS = inRepository('packages/core/src/realm/settings.ts');

/** All settings of a realm by group, in the order of their declaration, but the gate of a group first. */
export const settingGroups = (): readonly SettingGroup[] =>
  membersOfInterface(SETTINGS, 'RealmSettings').flatMap((member) => groupsAt(member.name, member));

/** What opens a group comes first: without it, the others have no effect. */
const gateFirst = (settings: readonly Setting[]): readonly Setting[] => {
  const isGate = ({ member }: Setting): boolean => member.name === 'open';
  return [...settings.filter(isGate), ...settings.filter((one) => !isGate(one))];
};

function groupsAt(path: string, { type, file }: Member): readonly SettingGroup[] {
  const found = resolve(file, referencedName(type) ?? '');
  if (found?.kind !== 'interface') return [];
  const below = found.members.map((member) => ({ path: `${path}.${member.name}`, member }));
  const groups = below.flatMap((one) => groupsAt(one.path, one.member));
  const paths = new Set(groups.map((group) => group.path));
  return [
    {
      path,
      description: found.doc?.text ?? '',
      settings: gateFirst(below.filter((one) => !paths.has(one.path))),
    },
    ...groups,
  ];
}
