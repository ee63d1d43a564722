import { UserError } from '../errors.ts';
import { stripMap, type PropertyMap } from '../values.ts';
import type { FillUnknown } from './output-only.ts';
import type { ResourceProvider } from './provider.ts';

/** A built image: `sha256:…` and the full reference, registry to digest. */
export interface BuiltImage {
  readonly digest: string;
  readonly ref: string;
}

/** Builds an image from the inputs of a `docker-build:index:Image`, with secrets in the clear. */
export type ImageBuilder = (inputs: PropertyMap) => Promise<BuiltImage>;

const IMAGE = 'docker-build:index:Image';

/** Hands images to a builder; what it will give is unknown until it has built. */
export function dockerBuildProvider(fillUnknown: FillUnknown, build: ImageBuilder | undefined): ResourceProvider {
  return {
    check: ({ inputs }) => inputs,
    preview: ({ type, inputs, previous }) => ({ id: previous?.id ?? '', outputs: fillUnknown(type, inputs) }),
    create: async ({ type, urn, inputs }) => {
      if (type !== IMAGE) throw new UserError(`${urn}: ${type} can't be made on one machine; only ${IMAGE} can.`);
      if (build === undefined) throw new UserError(`${urn}: there is nothing here that builds images.`);
      const { digest, ref } = await build(stripMap(inputs));
      return { id: digest, outputs: { ...inputs, digest, ref, contextHash: digest } };
    },
    invoke: async (token) => {
      throw new UserError(`The function ${token} is not available on one machine.`);
    },
  };
}
