import type { VendorType } from '@wedsync/domain';

/** What to say on one subject of wedding planning. */
export interface Topic {
  readonly name: string;
  /** Matches questions that are about it. */
  readonly about: RegExp;
  readonly checklist: readonly string[];
}

/** Subjects in the order in which they are recognised: narrow ones before those whose words turn up everywhere. */
export const TOPICS: readonly Topic[] = [
  {
    name: 'legal formalities',
    about: /\b(notice|registr(?:ar|y)|licen[cs]e|legal|marriage certificate|banns|visa|permit)\b/i,
    checklist: [
      'Ask the register office that is responsible which documents it wants, and by when.',
      'Give notice in good time: the law sets a waiting period of 28 days or more in England and Wales.',
      'Have originals and certified translations at hand; copies are often refused.',
      'Confirm date, place and officiant in writing with the register office.',
    ],
  },
  {
    name: 'budget and payments',
    about:
      /\b(budget|costs?|charges?|prices?|pricing|pay(?:ment|s|ing)?|paid|deposit|balance|invoice|fees?|quotes?|tips?|afford|£|refund)\b/i,
    checklist: [
      'Write down what the sum includes: hours, people, travel, VAT and overtime.',
      'Agree deposit, dates of the instalments and the last day for changes in the contract.',
      'Keep about a tenth of the total aside for what nobody thought of.',
      'Compare three quotes for the same list of services, not three totals.',
    ],
  },
  {
    name: 'guests and invitations',
    about: /\b(guests?|invit\w*|rsvp|plus[- ]ones?|seating|table plan|children|kids|head ?count|numbers)\b/i,
    checklist: [
      'Fix the final head count with the caterer before anything is printed.',
      'Ask for diets and access needs together with the reply.',
      'Draw the table plan only after the reply date, and keep two seats in reserve.',
      'Tell every supplier whose price goes by head as soon as the number changes.',
    ],
  },
  {
    name: 'food and drink',
    about:
      /\b(menu|food|drinks?|cater\w*|vegan|vegetarian|halal|kosher|allerg\w*|gluten|coeliac|cakes?|buffet|bar|wine|champagne|canap\w*|dinner|breakfast|meals?)\b/i,
    checklist: [
      'List every diet and allergy by guest, and have the kitchen confirm the list in writing.',
      'Settle service times with the photographer and the band.',
      'Ask what the suppliers on duty eat, and when.',
      'Clarify corkage, glasses and who clears up.',
    ],
  },
  {
    name: 'photographs and film',
    about: /\b(photo\w*|video\w*|film\w*|album|shots?|portraits?|camera|drone|gallery)\b/i,
    checklist: [
      'Agree on a list of group portraits with names and someone who gathers the people.',
      'Plan the portraits for the hour before sunset, with a dry place as a second choice.',
      'Ask the venue where cameras, flashes and drones are allowed.',
      'Settle when the gallery is delivered, in which form, and who may publish it.',
    ],
  },
  {
    name: 'music and entertainment',
    about: /\b(music|band|dj|songs?|dances?|dancing|playlist|sound|quartet|ceilidh|entertainment|speech(?:es)?)\b/i,
    checklist: [
      'Ask the venue for its sound limit, power sockets and last permitted song.',
      'Hand over songs for the entrance, the first dance and the last dance in writing.',
      'Leave an hour to set up and to check the sound before the guests arrive.',
      'Agree who announces the speeches and who holds the microphone.',
    ],
  },
  {
    name: 'flowers and decoration',
    about:
      /\b(flowers?|florist|bouquets?|buttonholes?|decor\w*|centrepieces?|arch|confetti|candles?|roses?|peon(?:y|ies))\b/i,
    checklist: [
      'Choose what is in season that month; ask for a second choice for each flower.',
      'Ask the venue what may be fixed, lit and thrown.',
      'Fix delivery times room by room, and who takes the flowers down.',
      'Keep bouquets in water and out of the sun until the last moment.',
    ],
  },
  {
    name: 'dress, hair and make-up',
    about: /\b(dress\w*|gown|veil|suits?|hair|make-?up|shoes|train|beauty|nails|fitting|trial)\b/i,
    checklist: [
      'Book the trial four to six weeks before the day, with veil and accessories.',
      'Plan the morning backwards from the departure, with half an hour to spare.',
      'Do last fittings in the shoes of the day.',
      'Pack a kit: needle and thread, pins, plasters, blotting paper.',
    ],
  },
  {
    name: 'transport and journeys',
    about:
      /\b(transport|cars?|coach(?:es)?|bus(?:es)?|taxi|drive|driver|parking|travel|airport|train station|shuttle)\b/i,
    checklist: [
      'Drive the route at the same hour of the same weekday beforehand.',
      'Give each driver a list with addresses, times and a telephone number on site.',
      'Plan the last journey home as well as the first one out.',
      'Ask about roadworks, events and parking near the venue.',
    ],
  },
  {
    name: 'the venue and the weather',
    about:
      /\b(venue|marquee|barn|church|garden|outdoors?|weather|rain(?:s|y|ing)?|rooms?|hall|access|wheelchair|capacity|curfew)\b/i,
    checklist: [
      'Walk through the rooms with the plan in hand: doors, steps, sockets, lights.',
      'Fix a second plan for rain and the hour at which it is decided.',
      'Ask for arrival times of suppliers, the curfew and the emergency contact.',
      'Have the insurance and the number of people that the rooms allow in writing.',
    ],
  },
  {
    name: 'the order of the day',
    about: /\b(timeline|schedule|timing|time|when|order of|ceremon\w*|vows?|rehears\w*|start|how long|late)\b/i,
    checklist: [
      'Write the day down in quarter hours, with one responsible person a line.',
      'Put a quarter of an hour of slack between ceremony, portraits and meal.',
      'Send the plan to all suppliers a week ahead, and name the one who decides on the day.',
      'Rehearse entrance and exit once with everybody who walks.',
    ],
  },
];

/** For questions on no known subject. */
export const GENERAL: Topic = {
  name: 'planning in general',
  about: /(?:)/,
  checklist: [
    'Write down what has been decided, by whom, and what is still open.',
    'Name one person who decides and one date by which it is decided.',
    'Have every agreement with a supplier confirmed in writing.',
    'Keep a second choice for whatever depends on weather, health or traffic.',
  ],
};

/** What each kind of vendor should settle, whatever the question. */
export const VENDOR_NOTES: Readonly<Record<VendorType, string>> = {
  photographer: 'Send the couple your list of portraits and back up every card on the night itself.',
  videographer: 'Settle with photographer and officiant where cameras and microphones may stand.',
  venue: 'Send all suppliers the same sheet with access times, power, sound limit and curfew.',
  caterer: 'Have final numbers and diets confirmed in writing before you order.',
  florist: 'Confirm delivery windows and second choices before you go to the market.',
  band: 'Ask for power, stage size, sound limit and the couple’s must-play list.',
  dj: 'Ask for power, sound limit, the must-play list and the do-not-play list.',
  planner: 'Send every supplier the same version of the plan, and mark what changed.',
  baker: 'Confirm allergens, table size and the time of delivery; cakes dislike waiting in the sun.',
  transport: 'Check route, roadworks and the place to stop for each journey.',
  officiant: 'Check names, documents and witnesses with the couple beforehand.',
  'hair-and-make-up': 'Plan the chair by the minute, the bride neither first nor last.',
  other: 'Confirm place, time and the person to call on site.',
};
