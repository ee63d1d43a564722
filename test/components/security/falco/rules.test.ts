import assert from 'node:assert/strict';
import yaml from 'js-yaml';
import { falcoFigures } from '../../../../components/region/falco-figures.ts';
import { regionFlows } from '../../../../components/region/flows.ts';
import { PLACES } from '../../../../components/region/places.ts';
import { type FalcoMacro, type FalcoRule, falcoRulesFile } from '../../../../components/security/falco/rules.ts';

/** The fields of https://falco.org/docs/reference/rules/supported-fields/ that the rules may use. */
const FIELDS = [
  ...['evt.type', 'evt.rawres', 'evt.res', 'evt.is_open_read', 'evt.is_open_write'],
  ...['proc.name', 'proc.pname', 'proc.cmdline', 'proc.args', 'proc.tty'],
  ...['fd.name', 'fd.typechar', 'fd.snet', 'fd.sport'],
  ...['fs.path.name', 'fs.path.source', 'fs.path.target'],
  ...['k8s.ns.name', 'k8s.pod.name', 'container.name', 'user.uid'],
];
const OPERATORS = ['and', 'or', 'not', 'in', 'startswith', 'icontains', '=', '!=', '>='];

const flows = (...outside: string[]) => regionFlows(PLACES, 'gateway', outside);
const read = (...outside: string[]) => {
  const [text = ''] = Object.values(falcoRulesFile(falcoFigures(flows(...outside))));
  return yaml.load(text) as (FalcoMacro | FalcoRule)[];
};
const all = read('https://api.example.com/v1', 'https://store.example.com:9000');
const rules = all.filter((entry) => 'rule' in entry);
const macros = all.filter((entry) => 'macro' in entry);
const named = (name: string) => {
  const found = rules.find(({ rule }) => rule === name);
  assert.ok(found, name);
  return found;
};

describe("Falco's rules for the region", () => {
  it('are YAML that says what Falco asks of a rule', () => {
    assert.ok(rules.length >= 10);
    assert.equal(new Set(all.map((entry) => ('rule' in entry ? entry.rule : entry.macro))).size, all.length);
    for (const rule of rules) {
      assert.deepEqual(Object.keys(rule).sort(), [
        ...['condition', 'desc', 'output', 'priority', 'rule', 'source', 'tags'],
      ]);
      assert.ok(rule.desc.endsWith('.') && rule.tags.includes('wedsync'), rule.rule);
    }
  });

  it('use no field, macro or operator that is not there, and close every bracket', () => {
    const known = new Set<string>([...OPERATORS]);
    for (const entry of all) {
      const { condition } = entry;
      // What is compared with is no word of the language: quoted text, lists, numbers, names and paths.
      const words = condition
        .replace(/"[^"]*"/g, 'VALUE')
        .replace(/\bin \([^)]*\)/g, 'in VALUE')
        .replace(/(!=|>=|=|startswith|icontains) \S+?(?=[\s)]|$)/g, '$1 VALUE')
        .split(/[\s()]+/)
        .filter((word) => word !== '' && word !== 'VALUE' && !FIELDS.includes(word) && !known.has(word));
      assert.deepEqual(words, [], condition);
      assert.equal(condition.split('(').length, condition.split(')').length, condition);
      if ('macro' in entry) known.add(entry.macro);
    }
    for (const { output } of rules)
      for (const [, field = ''] of output.matchAll(/%([\w.]+)/g)) assert.ok(FIELDS.includes(field), field);
    for (const { macro } of macros)
      assert.ok(
        rules.some(({ condition }) => condition.includes(macro)),
        macro,
      );
  });

  it('know how nodes are started, stopped and probed, and how far the engine goes', () => {
    const own = macros.find(({ macro }) => macro === 'wedsync_redis_own_shell')?.condition ?? '';
    for (const start of ['sh /etc/redis/scripts/', 'sh -c redis-cli -e ']) assert.ok(own.includes(`"${start}"`));
    assert.match(named('Foreign write to the data of Redis').condition, /fd\.name startswith \/data\//);
    const engine = 'Unexpected connection from an engine container';
    assert.match(named(engine).condition, /fd\.sport in \(53, 443, 6379, 9000\)/);
    const alone = read().find((entry) => 'rule' in entry && entry.rule === engine);
    assert.match(alone?.condition ?? '', /fd\.sport in \(53, 6379\)/);
  });

  it('tell a ruling command without its words, among which a password may be', () => {
    const rule = named('Ruling command by redis-cli');
    for (const command of ['config set', 'flushall']) assert.ok(rule.condition.includes(`icontains "${command}"`));
    assert.equal(/cmdline|args/.test(rule.output), false);
  });
});
