function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** Words that open a question. */
export const QUESTION_WORDS = words('what which who whom whose when where why how');

/** Verbs that change place with the subject in a question. */
export const AUXILIARIES = words(
  `am is are was were do does did have has had can could will would shall should may might must`,
);

export const PRONOUNS = words('i we you he she it they there this these those');

/** Pronouns that are done to. */
export const OBJECTS = words('me us him her them it mine ours yours hers theirs');

export const DETERMINERS = words(
  'the a an my our your his her its their this these those some any each every all both',
);

export const PREPOSITIONS = words(
  `about above across after against along amid among around as at before behind below beside between beyond by despite during except
  following for from given in inside into like near of off on onto opposite out outside over past per since through throughout to
  toward under until till up upon via with within without`,
);

/** Words that open a clause which depends on another. */
export const SUBORDINATORS = words(
  'if when while because since although though unless once whereas where whenever as given assuming',
);

/** Words that hold a sentence together and name nothing. */
export const FUNCTION_WORDS = AUXILIARIES.union(DETERMINERS)
  .union(PREPOSITIONS)
  .union(PRONOUNS)
  .union(OBJECTS)
  .union(QUESTION_WORDS)
  .union(SUBORDINATORS);
