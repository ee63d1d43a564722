import assert from 'node:assert/strict';
import { messageOf } from '../../../policy-pack/message.ts';
import { checkObject, checkOutputs } from '../../../policy-pack/rules/no-plaintext-secrets.ts';
import { judged, saidOfOne } from '../support/objects.ts';
import { ROOT_STACK, secret } from '../support/resource.ts';

const CONTAINER = 'spec.template.spec.containers[0]';

describe('no-plaintext-secrets', () => {
  it('names the variable, and never shows its value', () => {
    assert.deepEqual(
      saidOfOne(checkObject, 'engine', `${CONTAINER}.env[3]`, { name: 'API_TOKEN', value: 'swordfish' }),
      [
        'Deployment cache/cache-engine, container engine: spec.template.spec.containers[0].env[3].value is set (not shown here). ' +
          'API_TOKEN is a secret, and everybody who may read the Pod can read it. Keep it in a Secret, mount that as a file and name ' +
          'the file.',
      ],
    );
  });

  it('sees that Pulumi keeps a value secret before it knows the value', () => {
    assert.deepEqual(
      saidOfOne(checkObject, 'engine', `${CONTAINER}.args[1]`, secret('04da6b54-80e4-46f7-96ec-b56ff0331ba9')),
      [
        'Deployment cache/cache-engine, container engine: spec.template.spec.containers[0].args[1] is set (not shown here). Pulumi ' +
          'keeps this value secret, and everybody who may read the Pod or list its processes can read it. Keep it in a Secret, mount ' +
          'that as a file and name the file.',
      ],
    );
  });

  it('names the key of a ConfigMap', () => {
    assert.deepEqual(saidOfOne(checkObject, 'redis-configuration', 'data["redis.conf"]', 'requirepass swordfish'), [
      'ConfigMap redis/cache-configuration: data["redis.conf"] is set (not shown here). Line 1 sets requirepass, and a ConfigMap ' +
        'is no place for secrets. Move it to a Secret.',
    ]);
  });

  it('names the value of a Secret that Pulumi does not keep secret, and leaves empty ones alone', () => {
    assert.deepEqual(saidOfOne(checkObject, 'redis-passwords', 'stringData', { engine: 'swordfish', spare: '' }), [
      'Secret redis/cache-passwords: stringData.engine is set (not shown here). Pulumi does not keep it secret, so it stands in ' +
        "the clear in the stack's state. Wrap it in pulumi.secret(), or take it from secret configuration or @pulumi/random.",
    ]);
  });

  it('names the output of the stack', () => {
    const inputs = { url: 'https://x', adminToken: 'swordfish', keptToken: secret('swordfish') };
    const outputs = checkOutputs([judged({ type: ROOT_STACK, name: 'wedsync-uk-south', inputs })]);
    assert.deepEqual(outputs.map(messageOf), [
      'Outputs of the stack wedsync-uk-south: adminToken is set (not shown here). It is a secret, and an output that Pulumi does ' +
        'not keep secret is printed for everybody. Wrap it in pulumi.secret(), or export no secrets at all.',
    ]);
  });
});
