import { join } from 'node:path';
import { InvalidObjectError } from '../errors/invalid-object.ts';
import type { Command } from '../house/launcher.ts';
import { searchPath } from '../house/programs.ts';
import { findImage } from '../images.ts';
import type { Container, PodSpec } from '../kubernetes/pod-spec.ts';
import type { Rewrite } from '../network/name-rewriter.ts';
import { pathRewriter } from '../network/path-rewriter.ts';
import { expand, readEnvironment, rewriteEnvironment } from './environment.ts';
import type { PodIdentity } from './identity.ts';
import { folderOfPod, makeMounts, writeMountedFiles, type Mount } from './mounts.ts';
import type { PodRuntime } from './runtime.ts';

/** A container whose command, environment and files are made for this machine. */
export interface PreparedContainer {
  readonly spec: Container;
  readonly command: Command;
  readonly mounts: readonly Mount[];
  /** Replaces names and paths; for the commands of probes and hooks. */
  readonly rewrite: Rewrite;
  /** What the mounted files hold, so that a renewal writes only what changed. */
  readonly written: Map<string, Buffer>;
}

/**
 * Makes everything a container needs to run as a process.
 * @param claims names of the workload's volumeClaimTemplates
 * @throws NotThereYetError when it refers to something that does not exist yet
 * @throws InvalidObjectError when the manifest cannot be honoured
 */
export function prepareContainer(
  container: Container,
  spec: PodSpec,
  claims: readonly string[],
  pod: PodIdentity,
  runtime: PodRuntime,
): PreparedContainer {
  const image = findImage(runtime.images, container.image) ?? {};
  const raw = readEnvironment(container, pod, runtime.store);
  const mounts = makeMounts(container, spec, claims, pod, raw, runtime);
  const paths = pathRewriter(
    new Map([
      ...Object.entries(image.paths ?? {}),
      ...mounts.map(({ mountPath, target }) => [mountPath, target] as const),
    ]),
  );
  const names: Rewrite = (text) => runtime.names(pod.namespace)(text); // looked up anew: Services come and go
  const rewrite: Rewrite = (text) => paths(names(text)); // an address is never taken for a path
  const written = new Map<string, Buffer>();
  writeMountedFiles(mounts, pod, rewrite, runtime, written);

  const home = runtime.data.makeFolder(join(folderOfPod(pod, runtime), 'home', container.name));
  const workingDir = container.workingDir ?? image.workingDir;
  const args = (container.args ?? []).filter((word) => !image.omits?.includes(word));
  const argv = [...(container.command ?? image.entrypoint ?? []), ...args];
  const [program, ...rest] = argv.map((word) => rewrite(expand(word, raw)));
  if (program === undefined) {
    throw new InvalidObjectError(
      `Container ${container.name} of Pod ${pod.namespace}/${pod.name}`,
      `has no command, and image ${container.image} has no entrypoint in the catalogue of this machine.`,
    );
  }
  return {
    spec: container,
    mounts,
    rewrite,
    written,
    command: {
      argv: [program === 'node' ? process.execPath : program, ...rest],
      cwd: workingDir === undefined ? home : rewrite(workingDir),
      env: {
        PATH: searchPath(),
        HOME: home,
        TMPDIR: home,
        LANG: 'C.UTF-8',
        HOSTNAME: pod.name,
        ...image.env,
        ...rewriteEnvironment(raw, names, rewrite),
      },
    },
  };
}
