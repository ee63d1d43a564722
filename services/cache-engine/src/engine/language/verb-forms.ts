import { isWord } from './lexicon.ts';

/** Past participles that no rule makes, with their verbs; only those that are not forms of two verbs. */
const IRREGULAR: ReadonlyMap<string, string> = new Map(
  `beaten beat|begun begin|bent bend|bitten bite|blown blow|bought buy|broken break|brought bring|built build|burnt burn|caught catch|
  chosen choose|cut cut|dealt deal|done do|drawn draw|driven drive|drunk drink|eaten eat|fed feed|forgotten forget|forgiven forgive|
  frozen freeze|given give|grown grow|heard hear|held hold|hidden hide|hung hang|kept keep|known know|laid lay|led lead|left leave|
  lent lend|let let|lit light|made make|met meet|paid pay|put put|read read|ridden ride|said say|sent send|served serve|set set|
  shaken shake|shown show|shut shut|spent spend|split split|spoken speak|spread spread|stolen steal|stuck stick|sung sing|sold sell|
  swept sweep|taken take|taught teach|thrown throw|told tell|tied tie|understood understand|woken wake|won win|worn wear|woven weave|
  written write`
    .split('|')
    .map((pair): [string, string] => {
      const [participle = '', verb = ''] = pair.trim().split(' ');
      return [participle, verb];
    }),
);

/** The verb of which `word` is the past participle, where only one is known. */
export function verbOfParticiple(word: string): string | undefined {
  const irregular = IRREGULAR.get(word);
  if (irregular !== undefined) return irregular;
  if (word.endsWith('ied') && isWord(`${word.slice(0, -3)}y`)) return `${word.slice(0, -3)}y`;
  return word.length > 4 && word.endsWith('ed') ? baseOf(word.slice(0, -2)) : undefined;
}

/** The verb of which `word` is the -ing form, where only one is known. */
export function verbOfGerund(word: string): string | undefined {
  return word.length > 5 && word.endsWith('ing') ? baseOf(word.slice(0, -3)) : undefined;
}

/** The verb whose ending was taken off: as it stands, with its silent e, or with its last letter single. */
function baseOf(stem: string): string | undefined {
  const single = stem.at(-1) === stem.at(-2) ? [stem.slice(0, -1)] : [];
  const candidates = [stem, `${stem}e`, ...single].filter(isWord);
  return candidates.length === 1 ? candidates[0] : candidates.find((candidate) => candidate === stem);
}
