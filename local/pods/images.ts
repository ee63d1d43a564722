/** How an image's programs are found on this machine. */
export interface LocalImage {
  /** Paths inside the image and the folders that stand for them: `{ '/app': '…/services/cache-engine/dist' }`. */
  readonly paths?: Readonly<Record<string, string>>;
  /** What runs when a container names no command. */
  readonly entrypoint?: readonly string[];
  /** Arguments that this machine's version does not know; a container runs without them. */
  readonly omits?: readonly string[];
  /** The image's own environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** The image's working directory, as a path inside the image. */
  readonly workingDir?: string;
  /** Why this image cannot run here. Its containers are then listed as not run, and nobody waits for them. */
  readonly unavailable?: string;
}

/** Images by repository, without tag or digest: `{ 'docker.io/library/redis': {} }`. */
export type ImageCatalog = Readonly<Record<string, LocalImage>>;

/** The repository of an image reference: `ghcr.io:443/a/b:1.2@sha256:…` → `ghcr.io:443/a/b`. */
export function repositoryOf(image: string): string {
  const [name = ''] = image.split('@');
  return name.replace(/:[^/:]*$/, '');
}

export function findImage(images: ImageCatalog, image: string): LocalImage | undefined {
  const repository = repositoryOf(image);
  return Object.hasOwn(images, repository) ? images[repository] : undefined;
}
