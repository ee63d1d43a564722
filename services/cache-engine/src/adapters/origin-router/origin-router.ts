import type { Completion } from '../../engine/completion.ts';
import type { JsonObject } from '../../engine/json.ts';
import type { Question, QuestionContext } from '../../engine/question.ts';
import {
  OriginError,
  type AnswerPart,
  type CallOptions,
  type ForwardedAnswer,
  type Model,
  type Origin,
} from '../../ports/origin.ts';

/** A way to an origin. */
export interface Route {
  readonly name: string;
  /** Whole names of models, or the beginning of names followed by `*`; `*` alone takes all others. */
  readonly models: readonly string[];
  /** The model that the origin is asked for, where it goes by another name there. */
  readonly upstreamModel: string | undefined;
  readonly origin: Origin;
}

/** Asks each model at its own origin: the route that names it, else the one with the longest beginning of its name. */
export class OriginRouter implements Origin {
  readonly defaultModel: string | undefined;
  readonly #routes: readonly Route[];
  readonly #named = new Map<string, Route>();
  readonly #beginnings: readonly { readonly beginning: string; readonly route: Route }[];

  /** @param routes no two of which claim the same models */
  constructor(routes: readonly Route[], defaultModel: string | undefined) {
    this.defaultModel = defaultModel;
    this.#routes = routes;
    const beginnings: { beginning: string; route: Route }[] = [];
    for (const route of routes) {
      for (const model of route.models) {
        if (model.endsWith('*')) beginnings.push({ beginning: model.slice(0, -1), route });
        else this.#named.set(model, route);
      }
    }
    this.#beginnings = beginnings.sort((one, other) => other.beginning.length - one.beginning.length);
  }

  async ask(
    question: Question,
    signal: AbortSignal,
    onPart?: (part: AnswerPart) => void,
    options?: CallOptions,
  ): Promise<Completion> {
    const { origin, upstreamModel } = this.#routeOf(question.model);
    const asked = upstreamModel === undefined ? question : { ...question, model: upstreamModel };
    return origin.ask(asked, signal, onPart, options);
  }

  async forward(
    request: JsonObject,
    context: QuestionContext,
    signal: AbortSignal,
    options?: CallOptions,
  ): Promise<ForwardedAnswer> {
    const route = this.#routeOf(request['model']);
    return route.origin.forward(upstream(request, route), context, signal, options);
  }

  async forwardEmbeddings(request: JsonObject, signal: AbortSignal, options?: CallOptions): Promise<ForwardedAnswer> {
    const route = this.#routeOf(request['model']);
    return route.origin.forwardEmbeddings(upstream(request, route), signal, options);
  }

  /** The models of all origins that can be asked for under their names here. An origin that is away lists none. */
  async models(signal: AbortSignal): Promise<readonly Model[]> {
    const lists = await Promise.allSettled(this.#routes.map(({ origin }) => origin.models(signal)));
    signal.throwIfAborted();
    const failed = lists.find((list) => list.status === 'rejected');
    if (failed !== undefined && lists.every(({ status }) => status === 'rejected')) throw failed.reason;
    const models = new Map<string, Model>();
    this.#routes.forEach((route, at) => {
      const list = lists[at];
      const listed = list?.status === 'fulfilled' ? list.value : [];
      for (const model of [...listed, ...this.#aliases(route)]) {
        const reached = this.#find(model.id) === route && !models.has(model.id);
        if (reached && (route.upstreamModel === undefined || this.#named.has(model.id))) models.set(model.id, model);
      }
    });
    return [...models.values()];
  }

  /** The names under which a route's one model is asked for here. */
  #aliases({ models, upstreamModel, name }: Route): readonly Model[] {
    if (upstreamModel === undefined) return [];
    return models
      .filter((model) => !model.endsWith('*'))
      .map((id) => ({ id, object: 'model', created: 0, owned_by: name }));
  }

  #routeOf(model: unknown): Route {
    const route = typeof model === 'string' ? this.#find(model) : undefined;
    if (route !== undefined) return route;
    const message = `There is no route to the model ${JSON.stringify(model)}.`;
    throw new OriginError('refused', message, { status: 404 });
  }

  #find(model: string): Route | undefined {
    return this.#named.get(model) ?? this.#beginnings.find(({ beginning }) => model.startsWith(beginning))?.route;
  }
}

function upstream(request: JsonObject, { upstreamModel }: Route): JsonObject {
  return upstreamModel === undefined ? request : { ...request, model: upstreamModel };
}
