import type { Recommendation } from '../planning/bounds.ts';
import type { StackFile } from './stack-file.ts';
import { unifiedDiff } from './unified-diff.ts';

/** What the recommendations change in a stack file, as `git apply` takes it; empty where they change nothing. */
export function patchOf(file: StackFile, recommendations: readonly Recommendation[]): string {
  const changes = recommendations.filter(({ configured, applied }) => configured !== applied);
  return unifiedDiff(
    file.name,
    file.text,
    file.with(new Map(changes.map(({ setting, applied }) => [setting, applied]))),
  );
}
