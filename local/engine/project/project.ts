import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../errors.ts';
import { isObject } from '../values.ts';
import { parseDeclarations } from './config-schema.ts';
import { readStackConfig, type StackConfig } from './stack-config.ts';
import { readYaml } from './yaml.ts';

/** The organization that Pulumi's file backend gives every stack. */
export const ORGANIZATION = 'organization';

/** How the language runtime is started. */
export interface RuntimeOptions {
  /** True if the runtime itself is to compile TypeScript (Pulumi's own default). */
  readonly typescript: boolean;
  /** Arguments for node, before the runtime's own. */
  readonly nodeArgs: readonly string[];
}

/** A Pulumi project with one of its stacks chosen. */
export interface Project {
  readonly name: string;
  readonly stack: string;
  readonly dir: string;
  /** The folder in which the program runs. */
  readonly programDir: string;
  /** The program's file in that folder, or `.` to let package.json say it. */
  readonly entryPoint: string;
  readonly runtime: RuntimeOptions;
  readonly config: StackConfig;
}

export interface ProjectSource {
  readonly projectDir: string;
  readonly stack: string;
  readonly overrides: Readonly<Record<string, string>>;
  readonly passphrase: () => string | undefined;
}

/** Reads Pulumi.yaml and Pulumi.<stack>.yaml. Throws a UserError that says what is wrong in which of them. */
export function loadProject({ projectDir, stack, overrides, passphrase }: ProjectSource): Project {
  const dir = path.resolve(projectDir);
  const file = path.join(dir, 'Pulumi.yaml');
  if (!existsSync(file)) throw new UserError(`${dir} holds no Pulumi.yaml, so it is no Pulumi project.`);
  const content = readYaml(file);
  if (!isObject(content)) throw new UserError(`${file} must be a map with 'name' and 'runtime'.`);
  const name = content['name'];
  if (typeof name !== 'string' || !/^[\w.-]+$/.test(name)) {
    throw new UserError(`${file}: 'name' must be made of letters, digits, '-', '_' and '.'.`);
  }
  const stackFile = findStack(dir, stack);
  const config = readStackConfig({
    project: name,
    stack,
    file: stackFile,
    content: readYaml(stackFile),
    declarations: parseDeclarations(content['config'], name, file),
    overrides,
    passphrase,
  });
  return { name, stack, dir, ...findProgram(dir, content['main'], file), runtime: parseRuntime(content, file), config };
}

function findStack(dir: string, stack: string): string {
  const known = readdirSync(dir)
    .map((file) => /^Pulumi\.([\w.-]+)\.yaml$/.exec(file)?.[1])
    .filter((found) => found !== undefined)
    .sort();
  if (known.includes(stack)) return path.join(dir, `Pulumi.${stack}.yaml`);
  const there = known.length === 0 ? `${dir} has no stack files` : `there are ${known.join(', ')}`;
  throw new UserError(`There is no stack '${stack}'; ${there}.`);
}

function findProgram(dir: string, main: unknown, file: string): Pick<Project, 'programDir' | 'entryPoint'> {
  if (main === undefined || main === '') return { programDir: dir, entryPoint: '.' };
  if (typeof main !== 'string') throw new UserError(`${file}: 'main' must be the path of a file or folder.`);
  const target = path.resolve(dir, main);
  if (!existsSync(target)) throw new UserError(`${file}: 'main' names ${main}, which does not exist.`);
  if (statSync(target).isDirectory()) return { programDir: target, entryPoint: '.' };
  return { programDir: path.dirname(target), entryPoint: path.basename(target) };
}

function parseRuntime(content: Record<string, unknown>, file: string): RuntimeOptions {
  const runtime = content['runtime'];
  const name = isObject(runtime) ? runtime['name'] : runtime;
  if (name !== 'nodejs') {
    throw new UserError(`${file}: 'runtime' is ${JSON.stringify(name) ?? 'missing'}; only nodejs runs on one machine.`);
  }
  const options = isObject(runtime) && isObject(runtime['options']) ? runtime['options'] : {};
  const { typescript = true, nodeargs = '' } = options;
  if (typeof typescript !== 'boolean') throw new UserError(`${file}: 'typescript' must be true or false.`);
  if (typeof nodeargs !== 'string') throw new UserError(`${file}: 'nodeargs' must be text.`);
  return { typescript, nodeArgs: splitArguments(nodeargs) };
}

/** Splits as a shell does: at spaces, except between quotes. */
function splitArguments(text: string): string[] {
  const words = text.match(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g) ?? [];
  return words.map((word) => word.replaceAll(/"([^"]*)"|'([^']*)'/g, '$1$2'));
}
