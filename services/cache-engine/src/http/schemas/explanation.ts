import { Type } from 'typebox';
import { ChatCompletionRequest, QueryRequest } from './asking.ts';
import { ProvenanceSchema } from './entries.ts';
import { vendorId } from './facts.ts';
import { instant } from './texts.ts';

/** Body of `POST /v1/explanations`: the request that would be sent, by the name of its route. */
export const ExplanationRequest = Type.Union(
  [
    Type.Object({ query: QueryRequest }, { additionalProperties: false }),
    Type.Object({ chat: ChatCompletionRequest }, { additionalProperties: false }),
  ],
  { title: 'ExplanationRequest', description: 'a JSON object with either query or chat' },
);

/** A vendor's query as the administration asks about it: of any vendor. */
const VendorQuery = Type.Object(
  { ...QueryRequest.properties, vendorId },
  {
    title: 'VendorQuery',
    additionalProperties: false,
    description: 'a JSON object with vendorId, vendorType, weddingId, weddingDate and question',
  },
);

/** Body of `POST /v1/admin/explanations`: the query names the vendor. */
export const AdminExplanationRequest = Type.Object(
  { query: VendorQuery },
  { title: 'AdminExplanationRequest', additionalProperties: false, description: 'a JSON object with query' },
);

const lifetime = Type.Object(
  {
    bornAt: instant('when the origin answered'),
    freshUntil: instant('until when it is served as it is'),
    staleUntil: instant('until when it is served while it is asked for anew'),
    goneAt: instant('until when it is served if the origin fails'),
  },
  { title: 'Lifetime' },
);

const held = Type.Union(
  [
    Type.Object({ state: Type.Enum(['absent', 'away', 'unreadable', 'in-cold-tier']) }),
    Type.Object({ state: Type.Literal('answer'), lifetime, fresh: Type.Boolean() }),
    Type.Object({ state: Type.Literal('alias'), target: Type.String(), provenance: ProvenanceSchema }),
  ],
  { title: 'Held', description: 'what lies under the key in one tier' },
);

const candidate = Type.Object(
  {
    key: Type.String(),
    question: Type.String(),
    similarity: Type.Number(),
    outcome: Type.Enum([
      'below-floor',
      'slot-conflict',
      'same-wording',
      'judged-same',
      'judged-different',
      'undecided',
    ]),
    conflict: Type.Union([
      Type.Object({ slot: Type.String(), stored: Type.String(), asked: Type.String() }),
      Type.Null(),
    ]),
  },
  { title: 'Candidate' },
);

const text = (description: string) => Type.Union([Type.String(), Type.Null()], { description });

/** Answer of `POST /v1/explanations`. */
export const ExplanationSchema = Type.Object(
  {
    outcome: Type.Enum(
      ['hit', 'stale-hit', 'hit-by-alias', 'hit-by-sharing', 'hit-by-wording', 'judge-decides', 'miss', 'bypass'],
      { description: 'what the request would be answered from now' },
    ),
    bypass: text('the member of the request for which it goes past the cache'),
    key: text('the key of the answer'),
    frame: text('the frame of the answer'),
    canonicalText: text('the text under which the question is kept'),
    otherWordings: Type.Boolean({ description: 'whether other wordings may meet the answer' }),
    sharing: Type.Object({
      shareable: Type.Boolean(),
      reason: text('why the question is not shared'),
      key: text('the key under which vendors share the answer'),
    }),
    hot: held,
    warm: held,
    shared: Type.Union([held, Type.Null()]),
    floor: Type.Union([Type.Number(), Type.Null()], {
      description: 'least similarity of a candidate for this wedding now',
    }),
    candidates: Type.Array(candidate, { description: 'stored questions that may ask the same, nearest first' }),
  },
  { title: 'Explanation' },
);
