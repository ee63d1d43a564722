/** A user of Redis' access control list, with what its rules come to. https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl */
export interface AclUser {
  readonly name: string;
  /** Its rules with every password left out, for people. */
  readonly rules: string;
  readonly on: boolean;
  readonly withoutPassword: boolean;
  readonly allCommands: boolean;
  readonly allKeys: boolean;
}

/** The line of a user in an ACL file or in Redis' configuration. */
const USER_LINE = /^\s*user\s+(\S+)\s*(.*)$/;

/** The users of an ACL file or a configuration. */
export function aclUsers(text: string): AclUser[] {
  return text
    .split('\n')
    .map((line) => USER_LINE.exec(line))
    .filter((found) => found !== null)
    .map(([, name = '', rules = '']) => userOf(name, rules.trim().split(/\s+/)));
}

/** A user as its rules make it, one after the other; a new user is off and may do nothing. */
export function userOf(name: string, rules: readonly string[]): AclUser {
  const state = { on: false, withoutPassword: false, allCommands: false, allKeys: false };
  for (const rule of rules) apply(state, rule);
  const shown = rules.map((rule) => (/^[><#!]/.test(rule) ? `${rule.charAt(0)}…` : rule)).join(' ');
  return { name, rules: shown, ...state };
}

function apply(
  state: { on: boolean; withoutPassword: boolean; allCommands: boolean; allKeys: boolean },
  rule: string,
): void {
  switch (rule.toLowerCase()) {
    case 'on':
      state.on = true;
      break;
    case 'off':
      state.on = false;
      break;
    case 'nopass':
      state.withoutPassword = true;
      break;
    case 'resetpass':
      state.withoutPassword = false;
      break;
    case '+@all':
    case 'allcommands':
      state.allCommands = true;
      break;
    case '-@all':
    case 'nocommands':
      state.allCommands = false;
      break;
    case '~*':
    case 'allkeys':
    case '%rw~*':
      state.allKeys = true;
      break;
    case 'resetkeys':
      state.allKeys = false;
      break;
    case 'reset':
      Object.assign(state, { on: false, withoutPassword: false, allCommands: false, allKeys: false });
      break;
  }
}
