import assert from 'node:assert/strict';
import { needOf } from '../../../scripts/lib/cluster-tests/ensure-programs.ts';
import { withoutGo } from '../../../scripts/lib/cluster-tests/go.ts';

describe('npm run test:cluster without Go', () => {
  it('names the programs that are missing, why that takes Go, and what to do', () => {
    assert.equal(
      withoutGo(needOf([{ name: 'kwok' }, { name: 'gator' }]), ''),
      "Neither KUBEBUILDER_ASSETS nor the PATH has kwok, gator (Kubernetes' own at v1.34): they have to be built, for which Go 1.24 or " +
        'later is needed, and none is on the PATH. Install Go (https://go.dev/dl), then run the same command again.',
    );
  });

  it('names the version of a Go that is too old', () => {
    assert.match(withoutGo('Something is missing', 'go1.19.8'), /Go 1\.24 or later .* this machine has go1\.19\.8\. /);
  });
});
