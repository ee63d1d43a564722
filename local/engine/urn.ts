/** Where a resource stands: `urn:pulumi:<stack>::<project>::<parent type>$<type>::<name>`. */
export interface UrnParts {
  readonly stack: string;
  readonly project: string;
  /** The types of all ancestors and of the resource itself, joined by `$`; the root stack counts for nothing. */
  readonly qualifiedType: string;
  readonly name: string;
}

/** The type of the resource at the root of every stack. */
export const STACK_TYPE = 'pulumi:pulumi:Stack';

const PREFIX = 'urn:pulumi:';

/** Builds the URN of a resource below `parent`, itself a URN or empty. */
export function makeUrn(stack: string, project: string, parent: string, type: string, name: string): string {
  const above = parent === '' ? '' : parseUrn(parent).qualifiedType;
  const qualifiedType = above === '' || above === STACK_TYPE ? type : `${above}$${type}`;
  return `${PREFIX}${stack}::${project}::${qualifiedType}::${name}`;
}

/** Takes a URN apart. Names may contain `::`. Throws a RangeError on anything else than a URN. */
export function parseUrn(urn: string): UrnParts {
  const [stack, project, qualifiedType, ...name] = urn.startsWith(PREFIX) ? urn.slice(PREFIX.length).split('::') : [];
  if (stack === undefined || project === undefined || qualifiedType === undefined || name.length === 0) {
    throw new RangeError(`'${urn}' is not a URN; one looks like ${PREFIX}<stack>::<project>::<type>::<name>.`);
  }
  return { stack, project, qualifiedType, name: name.join('::') };
}

/** The type of the resource alone, without its ancestors'. */
export function typeOf(urn: string): string {
  return parseUrn(urn).qualifiedType.split('$').at(-1) ?? '';
}

/** The package of a type token: `kubernetes` for `kubernetes:apps/v1:Deployment`. */
export function packageOf(type: string): string {
  return type.split(':', 1)[0] ?? '';
}
