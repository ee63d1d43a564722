import { type Alias, type Input, output, type ResourceTransformationArgs, type URN } from '@pulumi/pulumi';
import assert from 'node:assert/strict';
import { Authority } from '../../../components/security/authority.ts';
import { record } from '../../support/pulumi/mocks.ts';

const SECURITY = 'urn:pulumi:uk-south::wedsync::wedsync:region:Region$wedsync:security:Security::security';

/** The former parents of each resource of the authority, by its name. */
async function formerParents(): Promise<Record<string, unknown>> {
  const aliases: Record<string, Input<unknown>[]> = {};
  const look = ({ name, type, opts }: ResourceTransformationArgs) => {
    if (type.includes('cert-manager.io'))
      aliases[name] = (opts.aliases ?? []).map((alias) => (alias as Alias).parent as URN);
    return undefined;
  };
  const program = () => {
    new Authority('authority', { certManagerNamespace: 'cert-manager' }, { transformations: [look] });
    return new Promise((resolve) => output(aliases).apply(resolve));
  };
  return (await record('uk-south', {}, program)).result as Record<string, unknown>;
}

describe('the region’s authority', () => {
  it('is the one of a stack that was deployed when it was a part of Security', async () => {
    assert.deepEqual(await formerParents(), {
      'wedsync-self-signed': [SECURITY],
      'wedsync-region-ca': [SECURITY],
      'wedsync-region': [SECURITY],
    });
  });
});
