import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The folder of the SDK in charge of a type, as the program in `dir` finds it; undefined if it is not installed. */
export function sdkFolder(type: string, dir: string): string | undefined {
  const [pkg = ''] = type.split(':');
  try {
    return path.dirname(createRequire(path.join(dir, 'package.json')).resolve(`@pulumi/${pkg}/package.json`));
  } catch {
    return undefined;
  }
}

/** The text of the SDK's file for a type, with `extension` for `.js` or `.d.ts`; undefined if there is none. */
export function sdkFile(type: string, dir: string, extension: string): string | undefined {
  const root = sdkFolder(type, dir);
  if (root === undefined) return undefined;
  const [, module = '', name = ''] = type.split(':');
  const folder = path.join(root, ...modulePath(module));
  if (!existsSync(folder)) return undefined;
  // `IAMMember` lies in `iammember.js`, `VpcEndpoint` in `vpcEndpoint.js`.
  const wanted = `${name}${extension}`.toLowerCase();
  const file = readdirSync(folder).find((entry) => entry.toLowerCase() === wanted);
  return file && readFileSync(path.join(folder, file), 'utf8');
}

/** `apps/v1` and `index/randomPassword` name folders; `networking.k8s.io/v1` lies in `networking/v1`. */
function modulePath(module: string): string[] {
  const [first = '', second] = module.split('/');
  const group = first.split('.')[0] ?? '';
  const folder = group === 'index' ? [] : [group];
  return second === undefined || !/^v\d/.test(second) ? folder : [...folder, second];
}
