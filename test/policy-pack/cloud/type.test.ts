import assert from 'node:assert/strict';
import { cloudOf, plainType } from '../../../policy-pack/cloud/type.ts';

describe('Types of the clouds', () => {
  it('read the same in every version', () => {
    assert.equal(plainType('aws:s3/bucket:Bucket'), 'aws:s3:Bucket');
    assert.equal(plainType('aws:s3/bucketV2:BucketV2'), 'aws:s3:Bucket');
    assert.equal(plainType('azure-native:storage/v20240101:StorageAccount'), 'azure-native:storage:StorageAccount');
    assert.equal(plainType('azure-native:storage:StorageAccount'), 'azure-native:storage:StorageAccount');
  });

  it('tell the cloud, also of providers', () => {
    assert.deepEqual(
      [
        'aws:ec2/vpc:Vpc',
        'pulumi:providers:gcp',
        'azure-native:network:Subnet',
        'kubernetes:core/v1:Pod',
        'wedsync:region:Region',
      ].map(cloudOf),
      ['aws', 'gcp', 'azure', undefined, undefined],
    );
  });
});
