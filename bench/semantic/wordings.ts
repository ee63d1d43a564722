import type { Random } from '../../local/region/check/random.ts';
import { normalForm, sameWording } from '../../services/cache-engine/src/engine/language/index.ts';

/** A wording and the known question that it asks. */
export interface Wording {
  readonly text: string;
  readonly known: string;
}

/** Who asks, how surely, and what must be: what may differ in each question. */
const ASKER = 'do {we|I}{| really| actually} {need to|have to}';

/** Questions without their circumstance; in braces what can be said instead, first what the known question says. */
const FORMS: readonly string[] = [
  `How many {family photos|family photographs|family pictures} ${ASKER} take`,
  `How {big|large} an umbrella ${ASKER} bring for {the|a} bride`,
  `How much champagne ${ASKER} {buy|purchase} for {the|a} toast`,
  `What certificate ${ASKER} show {the|a} {register office|registry office}`,
  `How many {portable toilets|portaloos|porta potties} ${ASKER} {hire|rent}`,
  `How early ${ASKER} {choose|select} {the|a} {wedding dress|wedding gown|bridal gown}`,
  `Which {guests|attendees|invitees} ${ASKER} seat in {the|a} front row`,
  `How many high chairs ${ASKER} bring for {children|kids}`,
  `How long ${ASKER} {discuss|talk about} {the|a} seating plan`,
  `What deposit ${ASKER} pay {the|a} {photographer|photog}`,
  `What {drinks|beverages} ${ASKER} serve {the|a} band`,
  `How many vegetarian meals ${ASKER} order for {guests|attendees|invitees}`,
  `At what time ${ASKER} {start|begin|commence} {the|a} first dance`,
  `When ${ASKER} {contact|get in touch with} {the|a} florist`,
  `Which hymns ${ASKER} {choose|select} for {the|an} organist`,
  `How {often|frequently} ${ASKER} water {the|a} bouquet`,
  `How much power ${ASKER} provide for {the|a} {air conditioning|aircon}`,
  `What tip ${ASKER} give {the|a} {master of ceremonies|MC}`,
  `What gift ${ASKER} {buy|purchase} {the|a} {grandmother|grandma|granny}`,
  `How many cake boxes ${ASKER} send home with {guests|attendees|invitees}`,
];

const CIRCUMSTANCES: readonly string[] = [
  'for a June wedding',
  'at a castle in Wales',
  'during a winter wedding',
  'on a Sunday in March',
  'at a village hall',
  'in a marquee by the sea',
];

/** The known questions of which there are other wordings. */
export function knownQuestions(): readonly string[] {
  return FORMS.flatMap((form) =>
    CIRCUMSTANCES.map((circumstance) => `${expanded(form)[0] as string} ${circumstance}?`),
  );
}

/**
 * Other wordings of the known questions, in an order that `random` decides: each equal in wording to its question by the engine's own
 * rules, and another question than all the others by its normal form. Some ten thousand.
 */
export function newWordings(random: Random): readonly Wording[] {
  const taken = new Set(knownQuestions().map(normalForm));
  return random.shuffle(allWordings()).filter(({ text, known }) => {
    const form = normalForm(text);
    if (taken.has(form) || !sameWording(known, text)) return false;
    taken.add(form);
    return true;
  });
}

function allWordings(): readonly Wording[] {
  return FORMS.flatMap((form) => {
    const cores = expanded(form);
    return CIRCUMSTANCES.flatMap((circumstance) => {
      const known = `${cores[0] as string} ${circumstance}?`;
      return cores.flatMap((core) => [
        { known, text: `${core} ${circumstance}?` },
        { known, text: `${capital(circumstance)}, ${core.charAt(0).toLowerCase()}${core.slice(1)}?` },
      ]);
    });
  });
}

/** Every text that a form stands for; first the one with the first of each choice. */
function expanded(form: string): readonly string[] {
  const [whole, choices] = /\{([^}]*)\}/.exec(form) ?? [];
  if (whole === undefined || choices === undefined) return [form];
  return choices.split('|').flatMap((choice) => expanded(form.replace(whole, () => choice)));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
