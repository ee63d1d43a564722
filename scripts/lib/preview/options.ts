import {
  isRegionName,
  parseInstant,
  type Platform,
  PLATFORMS,
  REGION_NAMES,
  regionIdentity,
  type RegionName,
} from '@wedsync/domain';
import { pathOf } from '../path-of.ts';
import { parseCommandLine, UsageError } from '../usage.ts';

export interface PreviewOptions {
  readonly help: boolean;
  readonly stack: RegionName;
  /** The platform to try; the stack's own if undefined. */
  readonly platform: Platform | undefined;
  readonly json: boolean;
  /** Where the Kubernetes objects go as YAML, if anywhere. */
  readonly manifests: string | undefined;
  /** A file with settings of the policy pack in place of the stack's own. */
  readonly policyConfig: string | undefined;
  /** The instant as of which is judged, in milliseconds since the Unix epoch; the present one if undefined. */
  readonly at: number | undefined;
}

export const HELP = `Shows what an update of a region would create, and whether the policies allow it. Changes nothing.

Usage: npm run preview -- STACK [OPTION ...]

  STACK            the region: ${REGION_NAMES.join(', ')}
  --platform NAME  try another platform than the stack's own: ${PLATFORMS.join(', ')}; at its default place
  --json           print {"resources": [{urn, type, inputs, dependencies, parent}],
                   "violations": [{policy, level, urn, message}]} and nothing else. Secrets read "[secret]"; a value
                   that only an update can know is the string that Pulumi's own JSON has there.
  --manifests DIR  write each Kubernetes object to DIR/KIND-NAMESPACE-NAME.yaml, secrets masked
  --policy-pack-config FILE
                   levels and settings of policies, in place of policy-pack/stacks/STACK.json
  --at INSTANT     judge as of another time: 2026-04-17T18:00 by the region's clock, or with an offset
  --help           this text

Exit codes: 0 allowed, 1 failed or forbidden by a mandatory policy, 2 wrong usage, 130 interrupted.
`;

/** @throws UsageError naming the argument, its value and what is allowed. */
export function parseOptions(args: readonly string[]): PreviewOptions {
  const { values, positionals } = parse(args);
  const { help = false, json = false, manifests, at, platform, 'policy-pack-config': policyConfig } = values;
  const [stack = help ? 'uk-south' : '', ...rest] = positionals;
  if (stack === '')
    throw new UsageError(`Which region? Give one of ${REGION_NAMES.join(', ')}: npm run preview -- uk-south`);
  if (!isRegionName(stack)) throw new UsageError(`There is no stack "${stack}". Allowed: ${REGION_NAMES.join(', ')}.`);
  if (rest.length > 0) throw new UsageError(`One stack at a time: "${rest.join(' ')}" is too much.`);
  if (manifests === '') throw new UsageError('--manifests is empty. Allowed: the path of a folder.');
  if (platform !== undefined && !isPlatform(platform))
    throw new UsageError(`There is no platform "${platform}". Allowed: ${PLATFORMS.join(', ')}.`);
  return {
    help,
    stack,
    platform,
    json,
    manifests: manifests === undefined ? undefined : pathOf(manifests),
    policyConfig: policyConfig === undefined ? undefined : pathOf(policyConfig),
    at: at === undefined ? undefined : instant(at, stack),
  };
}

function parse(args: readonly string[]) {
  return parseCommandLine('npm run preview', {
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h' },
      platform: { type: 'string' },
      json: { type: 'boolean' },
      manifests: { type: 'string' },
      'policy-pack-config': { type: 'string' },
      at: { type: 'string' },
    },
  });
}

function isPlatform(text: string): text is Platform {
  return (PLATFORMS as readonly string[]).includes(text);
}

function instant(text: string, stack: RegionName): number {
  const { zone } = regionIdentity(stack);
  const found = parseInstant(text, zone);
  if (found !== undefined) return found;
  throw new UsageError(
    `--at is "${text}". Allowed: a date and time in ISO 8601, such as 2026-04-17T18:00 (${zone}) or 2026-04-17T18:00+01:00.`,
  );
}
