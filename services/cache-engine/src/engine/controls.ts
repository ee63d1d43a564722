/** How a caller wants its answer, in the words of HTTP's Cache-Control (RFC 9111) for requests. */
export interface Controls {
  /** Ask the origin anew, and store what it says. */
  readonly noCache: boolean;
  /** Store nothing of this request. */
  readonly noStore: boolean;
  /** Answer from the cache or not at all. */
  readonly onlyIfCached: boolean;
  /** Serve no answer that another question got: an extension (RFC 9111, 5.2.3). */
  readonly noSemantic: boolean;
  /** Seconds since the origin answered, at most. */
  readonly maxAge: number;
  /** Seconds for which the answer must still be fresh, at least. */
  readonly minFresh: number;
}

/** A request without wishes. */
export const NO_WISHES: Controls = {
  noCache: false,
  noStore: false,
  onlyIfCached: false,
  noSemantic: false,
  maxAge: Infinity,
  minFresh: 0,
};

const SECONDS = /^\d{1,10}$/;

/**
 * Reads a Cache-Control header. What is not known is ignored, as the standard asks; a number that is none counts as 0, the
 * most careful reading.
 */
export function parseControls(header: string | undefined): Controls {
  if (header === undefined || header === '') return NO_WISHES;
  const directives = new Map<string, string>();
  for (const part of header.toLowerCase().split(',')) {
    const [name = '', value = ''] = part.split('=', 2).map((text) => text.trim().replace(/^"(.*)"$/, '$1'));
    directives.set(name, value);
  }
  const seconds = (name: string, absent: number) => {
    const value = directives.get(name);
    if (value === undefined) return absent;
    return SECONDS.test(value) ? Number(value) : 0;
  };
  return {
    noCache: directives.has('no-cache'),
    noStore: directives.has('no-store'),
    onlyIfCached: directives.has('only-if-cached'),
    noSemantic: directives.has('no-semantic'),
    maxAge: seconds('max-age', Infinity),
    minFresh: seconds('min-fresh', 0),
  };
}
