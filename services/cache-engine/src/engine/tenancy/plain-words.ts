const list = (text: string) => text.trim().split(/\s+/);

/**
 * Ordinary words that mostly have a capital in the subtitles of films, being said first in a sentence or part of a title, and some of
 * planning weddings that the lexicon lacks.
 */
export const PLAIN_WORDS: ReadonlySet<string> = new Set([
  ...list(`i a no yes what whats how why where when well come let thank thanks perhaps maybe although however hello plus
    eleven twelve fifteen sixteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand twelfth
    mum mums dad dads gran nan north south east west central county navy grey brown pop bible van vans no
    mins min hrs hr pp approx vs etc vip oz mm cm lb ft ml`),
  ...list(`celebrant celebrants ceilidh toastmaster toastmasters timeline timelines abbey highland puddings pushchair pushchairs
    highchair highchairs hairstylist hairstylists bagpiper bagpipers seater foundation loo loos
    roses lilies daisies poppies violets irises dahlia dahlias`),
  ...list(`rose lily daisy poppy violet iris olive ivy holly heather fern hazel willow jasmine rosemary basil laurel magnolia
    jade amber ruby pearl coral`),
]);

/** Ordinary words that are given names as well: how they stand in the sentence tells which. */
export const NAMES_TOO: ReadonlySet<string> = new Set(
  list(`rose lily daisy poppy violet iris olive ivy holly heather fern hazel willow jasmine rosemary basil laurel magnolia jade amber
    ruby pearl coral will may april june august hope faith joy art dawn rich penny summer autumn winter sky river crystal
    ginger sage honey cherry star charity patience verity honour page guy king queen rob bill don robin chase stormy
    destiny unity peony saffron brook misty ray miles sunny candy lucky kit bee`),
);
