/** One line of an affix class: what is taken off, what is put on, and which words take it. */
interface AffixRule {
  readonly strip: string;
  readonly add: string;
  readonly condition: RegExp;
}

/** The prefixes or suffixes of one flag, as a Hunspell `.aff` file gives them. */
interface AffixClass {
  readonly kind: 'PFX' | 'SFX';
  readonly crosses: boolean;
  readonly rules: AffixRule[];
}

/** The affix classes of a Hunspell `.aff` file, by flag. Only plain PFX and SFX lines are understood: en-GB has no others. */
export function parseAffixes(source: string): ReadonlyMap<string, AffixClass> {
  const classes = new Map<string, AffixClass>();
  for (const line of source.split('\n')) {
    const [kind, flag, third, add, condition] = line.split(/\s+/);
    if ((kind !== 'PFX' && kind !== 'SFX') || flag === undefined || third === undefined || add === undefined) continue;
    const known = classes.get(flag);
    if (known === undefined) {
      classes.set(flag, { kind, crosses: third === 'Y', rules: [] });
      continue;
    }
    const pattern = condition ?? '.';
    known.rules.push({
      strip: third === '0' ? '' : third,
      add: add === '0' ? '' : add,
      condition: new RegExp(kind === 'PFX' ? `^${pattern}` : `${pattern}$`),
    });
  }
  return classes;
}

/** All forms of the entries of a Hunspell `.dic` file. */
export function expand(source: string, classes: ReadonlyMap<string, AffixClass>): ReadonlySet<string> {
  const forms = new Set<string>();
  for (const line of source.split('\n').slice(1)) {
    const [stem = '', flags = ''] = line.trim().split('/');
    if (stem === '') continue;
    const taken = [...flags].flatMap((flag) => classes.get(flag) ?? []);
    const suffixes = taken.filter(({ kind }) => kind === 'SFX');
    const prefixes = taken.filter(({ kind }) => kind === 'PFX');
    const suffixed = suffixes.flatMap((suffix) => applied(stem, suffix).map((form) => ({ form, suffix })));
    for (const form of [stem, ...suffixed.map(({ form: own }) => own)]) forms.add(form);
    for (const prefix of prefixes) {
      for (const form of applied(stem, prefix)) forms.add(form);
      if (!prefix.crosses) continue;
      for (const { form } of suffixed) for (const crossed of applied(form, prefix)) forms.add(crossed);
    }
  }
  return forms;
}

function applied(word: string, { kind, rules }: AffixClass): readonly string[] {
  return rules
    .filter(({ condition }) => condition.test(word))
    .map(({ strip, add }) =>
      kind === 'PFX' ? add + word.slice(strip.length) : word.slice(0, word.length - strip.length) + add,
    );
}
