/** A field or button of a form. */
interface Control {
  readonly tag: 'input' | 'button' | 'select' | 'textarea';
  readonly type: string;
  readonly name: string;
  readonly value: string;
  readonly isChosen: boolean;
  readonly label: string;
}

interface Form {
  readonly action: string;
  readonly method: 'GET' | 'POST';
  readonly controls: readonly Control[];
}

/** Who fills in the form. */
export interface Person {
  readonly username: string;
  readonly password: string;
}

/** What a browser sends for a form. */
export interface Submission {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly body: string;
}

const APPROVES = /allow|approve|accept|authori[sz]e|continue|confirm|sign in|log in|yes/i;
const REFUSES = /deny|cancel|reject|decline|refuse|sign out|log out|sign up|another/i;

/**
 * Fills in the form of a page as a person does who approves: the sign-in form if there is one, otherwise the one with the
 * button that approves. Runs no script. `undefined` if the page has no such form.
 */
export function fillForm(html: string, page: URL, person: Person): Submission | undefined {
  const forms = parseForms(html);
  const form =
    forms.find(({ controls }) => controls.some(({ type }) => type === 'password')) ??
    forms.find(({ controls }) => controls.some(approves)) ??
    forms.find(({ method }) => method === 'POST');
  if (form === undefined) return undefined;
  const sent = new URLSearchParams();
  for (const control of form.controls) {
    const value = isButton(control) ? undefined : valueOf(control, person);
    if (control.name !== '' && value !== undefined) sent.append(control.name, value);
  }
  const button = form.controls.find(approves) ?? form.controls.find((one) => isButton(one) && !refuses(one));
  if (button !== undefined && button.name !== '') sent.append(button.name, button.value);
  const url = new URL(form.action || page.href, page);
  if (form.method === 'POST') return { method: 'POST', url, body: sent.toString() };
  url.search = sent.toString();
  return { method: 'GET', url, body: '' };
}

/** Where a page leads by itself, as `<meta http-equiv="refresh">` says. */
export function refreshTarget(html: string): string | undefined {
  for (const [tag] of html.matchAll(/<meta\b[^>]*>/gi)) {
    const attributes = attributesOf(tag);
    if (attributes.get('http-equiv')?.toLowerCase() !== 'refresh') continue;
    const content = attributes.get('content') ?? '';
    const at = content.toLowerCase().indexOf('url=');
    if (at >= 0) return content.slice(at + 4);
  }
  return undefined;
}

const isButton = ({ tag, type }: Control): boolean => tag === 'button' || type === 'submit';
const textOf = ({ label, name, value }: Control): string => `${label} ${name} ${value}`;
const refuses = (control: Control): boolean => REFUSES.test(textOf(control));
const approves = (control: Control): boolean =>
  isButton(control) && APPROVES.test(textOf(control)) && !refuses(control);

function valueOf(control: Control, { username, password }: Person): string | undefined {
  if (control.type === 'password') return password;
  if (control.type === 'checkbox' || control.type === 'radio') {
    return control.isChosen ? control.value : undefined;
  }
  const isEmptyText = control.value === '' && (control.type === 'text' || control.type === 'email');
  return isEmptyText ? username : control.value;
}

function parseForms(html: string): readonly Form[] {
  const pieces = html.split(/<form\b/i).slice(1);
  return pieces.map((piece) => {
    const [inside = ''] = piece.split(/<\/form>/i);
    const attributes = attributesOf(inside.slice(0, inside.indexOf('>') + 1));
    return {
      action: attributes.get('action') ?? '',
      method: attributes.get('method')?.toUpperCase() === 'POST' ? 'POST' : 'GET',
      controls: [...inside.matchAll(/<(input|button|select|textarea)\b[^>]*>/gi)].flatMap((match) =>
        controlOf(match[0], match[1] ?? '', inside.slice(match.index + match[0].length)),
      ),
    };
  });
}

function controlOf(tag: string, name: string, after: string): readonly Control[] {
  const attributes = attributesOf(tag);
  if (attributes.has('disabled')) return [];
  const shared = { name: attributes.get('name') ?? '', label: '', isChosen: isChosen(attributes) };
  const value = attributes.get('value');
  switch (name.toLowerCase()) {
    case 'input': {
      const type = attributes.get('type')?.toLowerCase() ?? 'text';
      if (type === 'reset' || type === 'button') return [];
      const assumed = type === 'checkbox' || type === 'radio' ? 'on' : '';
      return [{ ...shared, tag: 'input', type, value: value ?? assumed }];
    }
    case 'button': {
      const type = attributes.get('type')?.toLowerCase() ?? 'submit';
      const label = decode(contentUntil(after, '</button>').replaceAll(/<[^<>]*>/g, ' '));
      return type === 'submit' ? [{ ...shared, tag: 'button', type, value: value ?? '', label }] : [];
    }
    case 'textarea': {
      return [
        { ...shared, tag: 'textarea', type: 'textarea', value: decode(contentUntil(after, '</textarea>')) },
      ];
    }
    default: {
      const options = [...contentUntil(after, '</select>').matchAll(/<option\b[^>]*>/gi)];
      const attributesOfOptions = options.map(([option]) => attributesOf(option));
      const chosen = attributesOfOptions.find((one) => one.has('selected')) ?? attributesOfOptions[0];
      return [{ ...shared, tag: 'select', type: 'select', value: chosen?.get('value') ?? '' }];
    }
  }
}

const isChosen = (attributes: ReadonlyMap<string, string>): boolean =>
  attributes.has('checked') || attributes.has('required');

const contentUntil = (text: string, end: string): string =>
  text.slice(0, Math.max(0, text.toLowerCase().indexOf(end)));

function attributesOf(tag: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const inside = tag.replace(/^<[a-z]+/i, '');
  for (const [, name = '', double, single, bare] of inside.matchAll(
    /([^\s"'<>/=]+)(?:=(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?/g,
  )) {
    found.set(name.toLowerCase(), decode(double ?? single ?? bare ?? ''));
  }
  return found;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const decode = (text: string): string =>
  text.replaceAll(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal?: string, hex?: string, name = '') => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    return ENTITIES[String(name)] ?? whole;
  });
