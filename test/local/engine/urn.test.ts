import assert from 'node:assert/strict';
import { fc } from '../../support/property.ts';
import { makeUrn, packageOf, parseUrn, STACK_TYPE, typeOf } from '../../../local/engine/urn.ts';

const STACK = makeUrn('dev', 'shop', '', STACK_TYPE, 'shop-dev');

describe('URNs', () => {
  it('hold the types of all ancestors, without the stack itself', () => {
    const component = makeUrn('dev', 'shop', STACK, 'shop:index:Group', 'group');
    const child = makeUrn('dev', 'shop', component, 'aws:s3/bucket:Bucket', 'bucket');
    assert.equal(component, 'urn:pulumi:dev::shop::shop:index:Group::group');
    assert.equal(child, 'urn:pulumi:dev::shop::shop:index:Group$aws:s3/bucket:Bucket::bucket');
    assert.equal(typeOf(child), 'aws:s3/bucket:Bucket');
    assert.equal(packageOf(typeOf(child)), 'aws');
  });

  it('are the same for a child of the stack and a resource without a parent', () => {
    assert.equal(makeUrn('dev', 'shop', STACK, 'a:b:C', 'c'), makeUrn('dev', 'shop', '', 'a:b:C', 'c'));
  });

  it('give back the parts they were made of, also names with colons', () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9-]*$/);
    fc.assert(
      fc.property(word, word, word, fc.string({ minLength: 1 }), (stack, project, type, name) => {
        const parts = parseUrn(makeUrn(stack, project, '', type, name));
        assert.deepEqual(parts, { stack, project, qualifiedType: type, name });
      }),
    );
  });

  it('are told from other text by an error that shows what one looks like', () => {
    assert.throws(() => parseUrn('arn:aws:s3'), { message: /'arn:aws:s3' is not a URN; one looks like urn:pulumi:/ });
  });
});
