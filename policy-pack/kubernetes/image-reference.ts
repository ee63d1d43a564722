/** A reference to a container image, in full: what Docker leaves out is filled in. */
export interface ImageReference {
  /** Host of the registry, with its port if it has one: `docker.io`, `localhost:5000`. */
  readonly registry: string;
  /** Path in the registry: `library/redis`. */
  readonly repository: string;
  readonly tag: string | undefined;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest: string | undefined;
}

// The grammar of https://github.com/distribution/reference/blob/main/reference.go
const LABEL = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const HOST = `(?:${LABEL}(?:\\.${LABEL})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|[-]+)[a-z0-9]+)*';
const REFERENCE = new RegExp(
  `^(?:(?<host>${HOST})/)?(?<path>${COMPONENT}(?:/${COMPONENT})*)` +
    `(?::(?<tag>[\\w][\\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$`,
);

const DEFAULT_REGISTRY = 'docker.io';
/** Docker Hub's older name. */
const LEGACY_REGISTRY = 'index.docker.io';
const OFFICIAL_PREFIX = 'library/';

/** Parses an image reference as Docker and Kubernetes do; `undefined` when it is none. */
export function parseImage(text: string): ImageReference | undefined {
  const groups = REFERENCE.exec(text)?.groups;
  if (groups?.['path'] === undefined) return undefined;
  const { host, path, tag, digest } = groups;
  // `wedsync/engine` is a path at Docker Hub; only what looks like a host is a host.
  const isHost = host !== undefined && (/[.:[]/.test(host) || host === 'localhost' || host !== host.toLowerCase());
  const registry = isHost ? host.toLowerCase() : DEFAULT_REGISTRY;
  const repository = host === undefined || isHost ? path : `${host}/${path}`;
  const atDocker = registry === DEFAULT_REGISTRY || registry === LEGACY_REGISTRY;
  return {
    registry: atDocker ? DEFAULT_REGISTRY : registry,
    repository: atDocker && !repository.includes('/') ? OFFICIAL_PREFIX + repository : repository,
    tag,
    digest,
  };
}

/** The reference in full, as `parseImage` reads it back. */
export function formatImage({ registry, repository, tag, digest }: ImageReference): string {
  return `${registry}/${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

/**
 * Whether an image comes from one of `allowed`: registries (`wedsync.azurecr.io`), paths in them (`docker.io/library`) or whole names.
 * Compared step by step, so that neither `wedsync.azurecr.io.example.com` nor `docker.io/library-x` passes.
 */
export function comesFrom({ registry, repository }: ImageReference, allowed: readonly string[]): boolean {
  const place = `${registry}/${repository}`;
  return allowed.some((prefix) => `${place}/`.startsWith(`${prefix.replace(/\/+$/, '')}/`));
}
