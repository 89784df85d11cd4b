import { membersOfInterface, literalsOf, variantsOf, intersectedMembers, resolve } from './source/members.ts';
import { readSource } from './source/source-file.ts';
const p='/work/wt/hg/packages/core/src/realm/settings.ts';
console.log(membersOfInterface(p,'RealmSettings').map(m=>m.name));
console.log(membersOfInterface('/work/wt/hg/packages/core/src/realm/registration-settings.ts','RegistrationSettings').map(m=>[m.name,m.doc?.text,m.doc?.byDefault]));
const e='/work/wt/hg/packages/core/src/audit/event.ts';
const r=resolve(readSource(e),'AuditEvent'); if(r?.kind!=='alias') throw 1;
for(const v of variantsOf(r)) { const ms=intersectedMembers(v); const t=ms.find(m=>m.name==='type')!; console.log(literalsOf(t).map(l=>l.value+': '+(l.doc??t.doc)?.text).join('\n'), ms.filter(m=>!m.doc).map(m=>m.name).join()); }
