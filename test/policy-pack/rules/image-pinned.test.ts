import assert from 'node:assert/strict';
import { checkImages } from '../../../policy-pack/rules/image-pinned.ts';
import type { KubernetesObject } from '../../../policy-pack/kubernetes/object.ts';
import { saidOfOne } from '../support/objects.ts';

const IMAGE = 'spec.template.spec.containers[0].image';
const check = (object: KubernetesObject) => checkImages(object);
const said = (image: unknown) => saidOfOne(check, 'engine', IMAGE, image);
const SUBJECT = 'Deployment cache/cache-engine, container engine: spec.template.spec.containers[0].image is';
const DIGEST = `@sha256:${'a'.repeat(64)}`;

describe('image-pinned', () => {
  it('asks for a digest', () => {
    assert.deepEqual(said('node:24.1.0'), [
      `${SUBJECT} "node:24.1.0". Without a digest, the registry decides what runs. Add the digest of this version: @sha256:<64 digits>.`,
    ]);
  });

  it('asks for a version instead of latest', () => {
    assert.deepEqual(said('node:latest'), [
      `${SUBJECT} "node:latest". The tag latest says nothing about what runs. Write the version that the digest is of.`,
    ]);
  });

  it('says where an image of another registry comes from', () => {
    const image = `docker.io.evil.com/library/node:1${DIGEST}`;
    assert.deepEqual(said(image), [
      `${SUBJECT} ${JSON.stringify(image).slice(0, 100)}…. It comes from docker.io.evil.com/library/node, which nobody has ` +
        "approved. Use an image from docker.io/library or wedsync.azurecr.io or docker.io/oliver006/redis_exporter, or have its registry added to the rule's settings.",
    ]);
  });

  it('asks for an image where there is none', () => {
    assert.deepEqual(said(undefined), [
      `${SUBJECT} not set. That is no image reference. Write registry/name:version@sha256:<64 digits>.`,
    ]);
  });

  it('accepts a digest without a tag', () => {
    assert.deepEqual(said(`node${DIGEST}`), []);
  });
});
