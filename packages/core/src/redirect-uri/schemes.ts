const RUN_BY_THE_BROWSER = `
  javascript livescript mocha vbscript vbs data blob filesystem about view-source jar mhtml mk res
  resource wyciwyg feed pcast srcdoc chrome devtools edge brave opera vivaldi firefox
  safari-extension safari-web-extension extension
`;

const FETCHED = `
  webcal webcals itpc podcast pcast jnlp jnlps finger gemini rtsps file ftp ftps sftp tftp ws wss gopher wais news nntp snews cid mid urn urc doi dns ipfs ipns
  magnet rtsp rtmp mms smb cifs nfs afp dav davs webdav ldap ldaps dict imap pop git svn rsync coap
  coaps mqtt amqp jdbc redis mongodb postgresql
`;

const ACTED_UPON_BY_THE_SYSTEM = `
  x-man-page apt steam wtai content itmss itms-appss googlechrome googlechromes firefox-focus
  mailto tel telnet tn3270 rlogin ssh vnc rdp sms smsto mms mmsto callto facetime facetime-audio sip
  sips xmpp irc ircs geo maps intent android-app market itms itms-apps itms-services prefs app-prefs
  x-apple.systempreferences shortcuts applescript hcp help shell search search-ms ldap-ms
  vnd.ms.radio microsoft-edge read onenote skype windowsdefender
`;

/**
 * Schemes that never lead back to an app: the browser runs, displays or fetches them itself, or passes them to a program of
 * the operating system that acts at once. Every other scheme except `http` and `https` counts as private-use.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8252#section-7.1 RFC 8252 §7.1}
 * @see {@link https://www.iana.org/assignments/uri-schemes IANA URI schemes}
 */
const REFUSED_SCHEMES: ReadonlySet<string> = new Set(
  `${RUN_BY_THE_BROWSER} ${FETCHED} ${ACTED_UPON_BY_THE_SYSTEM}`.trim().split(/\s+/),
);

/** Windows passes every `ms-…:` URI to a program of its own; several have executed code (`ms-msdt`). */
const REFUSED_PREFIXES: readonly string[] = ['ms-', 'microsoft.', 'chrome-', 'moz-'];

/** Makes another browser open a web page (`microsoft-edge-https`, `x-safari-http`). */
const WEB_SUFFIX = /-https?$/;

/** Whether redirect URIs can never have this scheme. */
export function isRefusedScheme(scheme: string): boolean {
  const lower = scheme.toLowerCase();
  return (
    // A single letter is a drive on Windows.
    lower.length === 1 ||
    REFUSED_SCHEMES.has(lower) ||
    WEB_SUFFIX.test(lower) ||
    REFUSED_PREFIXES.some((prefix) => lower.startsWith(prefix))
  );
}
