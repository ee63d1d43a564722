import type { KubernetesObject } from '../kubernetes/object.ts';
import { containersOf, podOf } from '../kubernetes/pod.ts';
import { runsRedis } from '../kubernetes/redis.ts';
import { type Finding, objection } from '../message.ts';
import type { Field } from '../values/field.ts';

const PLAIN_URL = /\b(http|ws|redis|valkey|amqp|ldap|mqtt|ftp):\/\/(?:[^\s/?#"'@]*@)?(\[[^\]]*\]|[^\s/?#"':,;]*)/gi;
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/i;

/** TLS 1.0 to 1.2 and SSL, as configurations write them: TLSv1.2, VersionTLS12, --tls-min-v1.2, SSLv3. */
const OLD_TLS =
  /(?<![\w.])(?:TLS[ _-]?v?1(?:[._]?[012])?(?![\d.])|VersionTLS1[012]|--tls-min-v1\.[012]|SSLv?[23])(?!\w)/i;
const VERSION_NAME = /(TLS|SSL).*(MIN|VERSION|PROTOCOL)|(MIN|VERSION|PROTOCOL).*(TLS|SSL)/i;
const OLD_VERSION = /^v?1(\.[012])?$/;
const COMMENT = /^\s*(#|\/\/|;|\*|<!--)/;
const SETTING = /protocol|version|min/i;
/** Redis' own setting is judged with the rest of its file. */
const REDIS_PROTOCOLS = /^\s*tls-protocols\s/;

const ENCRYPT = 'Use the encrypted protocol of the same kind (https, rediss, wss), with TLS 1.3.';
const RAISE = 'Allow TLS 1.3 only.';

/** What the environment, the command lines and the configuration files say about whom to talk to, and how. */
export function checkAddresses(object: KubernetesObject): Finding[] {
  if (object.kind === 'ConfigMap') return checkFiles(object);
  const pod = podOf(object);
  if (!pod) return [];
  return containersOf(pod).flatMap(({ title, fields }) => {
    const subject = `${object.title}, ${title}`;
    return [
      ...commandLine(fields).flatMap((word) => checkText(subject, word)),
      ...fields
        .at('env')
        .items()
        .flatMap((entry) => checkVariable(subject, entry)),
    ];
  });
}

/** The parts of a container's command line; Redis' is judged by its settings. */
function commandLine(container: Field): Field[] {
  return runsRedis(container) ? [] : ['command', 'args'].flatMap((list) => container.at(list).items());
}

function checkVariable(subject: string, entry: Field): Finding[] {
  const value = entry.at('value');
  const oldVersion = VERSION_NAME.test(entry.at('name').text ?? '') && OLD_VERSION.test(value.text ?? '');
  return oldVersion ? [objection(subject, value, 'It allows TLS below 1.3.', RAISE)] : checkText(subject, value);
}

function checkText(subject: string, field: Field): Finding[] {
  const { text } = field;
  if (text === undefined) return [];
  const plain = [...text.matchAll(PLAIN_URL)].find(([, , host = '']) => !LOOPBACK.test(host));
  if (plain) {
    // The whole text, and a URL's user and password, may be nobody's business.
    const [, scheme = '', host = ''] = plain;
    const value = JSON.stringify(`${scheme}://${host}`);
    return [{ subject, field: field.path, value, problem: 'It leads to another machine in plaintext.', fix: ENCRYPT }];
  }
  return OLD_TLS.test(text) ? [objection(subject, field, 'It allows TLS below 1.3.', RAISE)] : [];
}

function checkFiles({ title, fields }: KubernetesObject): Finding[] {
  return fields
    .at('data')
    .entries()
    .flatMap(([, field]) => {
      const line = (field.text ?? '').split('\n').findIndex(allowsOldTls);
      if (line < 0) return [];
      const value = JSON.stringify(field.text?.split('\n')[line]?.trim());
      const place = `${field.path}, line ${line + 1},`;
      return [{ subject: title, field: place, value, problem: 'It allows TLS below 1.3.', fix: RAISE }];
    });
}

function allowsOldTls(line: string): boolean {
  return !COMMENT.test(line) && !REDIS_PROTOCOLS.test(line) && SETTING.test(line) && OLD_TLS.test(line);
}
