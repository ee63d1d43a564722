import { type Container, containersOf, handlersOf, type PodTemplate } from '../kubernetes/pod.ts';
import { unquote, wordsOf } from '../kubernetes/words.ts';
import { type Finding, hiddenObjection } from '../message.ts';
import type { Field } from '../values/field.ts';
import { isLiteral, isSecretName } from './credentials.ts';
import { reasonOf } from './reason.ts';

const FROM_FILE = 'Keep it in a Secret, mount that as a file and name the file.';

/** Secrets that stand in the environment and on the command lines of a Pod's containers. */
export function checkPod(owner: string, pod: PodTemplate): Finding[] {
  return containersOf(pod).flatMap((container) => {
    const { title, fields } = container;
    const subject = `${owner}, ${title}`;
    const environment = fields.at('env');
    return [
      ...[environment, fields.at('command'), fields.at('args')].flatMap((whole) => checkWhole(subject, whole)),
      ...environment.items().flatMap((entry) => checkVariable(subject, entry)),
      ...commandLinesOf(container).flatMap((line) => checkCommandLine(subject, line)),
    ];
  });
}

/** What a container starts with, and what the kubelet runs in it. */
function commandLinesOf(container: Container): Field[][] {
  const start = ['command', 'args'].flatMap((list) => container.fields.at(list).items());
  return [start, ...handlersOf(container).map((handler) => handler.at('exec', 'command').items())];
}

/** A list that Pulumi keeps secret as a whole was computed from a secret. */
function checkWhole(subject: string, list: Field): Finding[] {
  return refuse(
    subject,
    list,
    list.ownSecret ? reasonOf(list) : undefined,
    'everybody who may read the Pod can read it',
  );
}

function checkVariable(subject: string, entry: Field): Finding[] {
  const name = entry.at('name').text ?? '';
  const value = entry.at('value');
  const named = isSecretName(name) && value.text !== undefined && isLiteral(value.text);
  const reason = named ? `${name} is a secret` : (reasonOf(entry) ?? reasonOf(value));
  return refuse(subject, value, reason, 'everybody who may read the Pod can read it');
}

/** One word of a command line, and the field that holds it, perhaps among others. */
interface Word {
  readonly text: string;
  readonly field: Field;
}

/** The secrets of one command line. Each field is named once, however many words it holds. */
function checkCommandLine(subject: string, fields: readonly Field[]): Finding[] {
  const words = fields.flatMap((field) => wordsOf(field.text ?? '').map((text) => ({ text, field })));
  return fields.flatMap((field) => {
    const reason = namedSecret(words, field) ?? reasonOf(field);
    return refuse(subject, field, reason, 'everybody who may read the Pod or list its processes can read it');
  });
}

/** A secret's name and its value may be one word (`--password=x`) or two (`--password x`); the value's field is to blame. */
function namedSecret(words: readonly Word[], field: Field): string | undefined {
  for (const [index, word] of words.entries()) {
    if (word.field !== field) continue;
    const [, ownName = '', ownValue = ''] = /^-{0,2}([\w-]+)=(.+)$/s.exec(word.text) ?? [];
    if (isSecretName(ownName) && isLiteral(unquote(ownValue))) return `${ownName} is a secret`;
    const name = optionBefore(words, index);
    if (name !== undefined && isLiteral(word.text) && !word.text.startsWith('-')) return `${name} is a secret`;
  }
  return undefined;
}

/** The name of the secret option that a word is the value of. */
function optionBefore(words: readonly Word[], index: number): string | undefined {
  const [, name = ''] = /^--?([\w-]+)$/.exec(words[index - 1]?.text ?? '') ?? [];
  const ofRedis = name === 'a' && words.slice(0, index).some(({ text }) => /(^|\/)(redis|valkey)-cli$/.test(text));
  return ofRedis || isSecretName(name) ? name : undefined;
}

function refuse(subject: string, field: Field, reason: string | undefined, consequence: string): Finding[] {
  return reason === undefined ? [] : [hiddenObjection(subject, field, `${reason}, and ${consequence}.`, FROM_FILE)];
}
